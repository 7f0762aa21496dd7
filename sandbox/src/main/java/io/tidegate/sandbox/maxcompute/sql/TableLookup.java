package io.tidegate.sandbox.maxcompute.sql;

import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.sql.SQLException;
import java.util.Optional;

/** What a query needs to know of the catalog. */
interface TableLookup {
    Optional<TableDefinition> find(String project, String table) throws SQLException;

    /** The greatest partition with rows, as max_pt() gives it: the value of the first key. */
    Optional<String> greatestPartition(TableDefinition table) throws SQLException;
}
