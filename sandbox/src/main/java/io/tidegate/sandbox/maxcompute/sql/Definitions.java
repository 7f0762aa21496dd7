package io.tidegate.sandbox.maxcompute.sql;

import io.tidegate.sandbox.maxcompute.storage.Catalog;
import io.tidegate.sandbox.maxcompute.storage.PartitionName;
import io.tidegate.sandbox.maxcompute.storage.Partitions;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Statements that make, change or show tables and partitions. */
final class Definitions {
    private final Catalog catalog;
    private final Partitions partitions;

    Definitions(Catalog catalog, Partitions partitions) {
        this.catalog = catalog;
        this.partitions = partitions;
    }

    /** Runs the statement and returns what MaxCompute shows; empty for most. */
    String run(SqlStatement statement) throws SqlFailure, SQLException {
        if (statement instanceof SqlStatement.CreateTable create) {
            create(create);
        } else if (statement instanceof SqlStatement.DropTable drop) {
            if (!catalog.drop(drop.table().project(), drop.table().table()) && !drop.ifExists()) {
                throw noTable(drop.table());
            }
        } else if (statement instanceof SqlStatement.AddPartitions add) {
            add(add);
        } else if (statement instanceof SqlStatement.DropPartitions drop) {
            drop(drop);
        } else if (statement instanceof SqlStatement.SetLifecycle set) {
            catalog.setLifecycle(table(set.table()), set.days());
        } else if (statement instanceof SqlStatement.AddColumns add) {
            catalog.addColumns(table(add.table()), add.columns());
        } else if (statement instanceof SqlStatement.Truncate truncate) {
            truncate(truncate);
        } else if (statement instanceof SqlStatement.ShowTables show) {
            return showTables(show);
        } else if (statement instanceof SqlStatement.ShowPartitions show) {
            return showPartitions(show);
        } else if (statement instanceof SqlStatement.Describe describe) {
            return describe(describe);
        } else {
            throw new IllegalArgumentException("not a definition: " + statement);
        }
        return "";
    }

    private void create(SqlStatement.CreateTable create) throws SqlFailure, SQLException {
        TableName name = create.table();
        if (!catalog.hasProject(name.project())) {
            throw SqlFailure.semantic(name.at(), "project or schema %s cannot be resolved".formatted(name.project()));
        }
        boolean made = catalog.create(
                name.project(),
                name.table(),
                create.columns(),
                create.partitionKeys(),
                create.comment(),
                create.lifecycleDays(),
                create.external());
        if (!made && !create.ifNotExists()) {
            throw SqlFailure.tableExists(name.at(), name.project(), name.table());
        }
    }

    private void add(SqlStatement.AddPartitions add) throws SqlFailure, SQLException {
        TableDefinition table = table(add.table());
        for (Map<String, String> values : add.partitions()) {
            PartitionName name = partition(values, table);
            if (!partitions.add(table, name) && !add.ifNotExists()) {
                throw SqlFailure.semantic(add.table().at(), "partition already exists: %s".formatted(name.text()));
            }
        }
    }

    private void drop(SqlStatement.DropPartitions drop) throws SqlFailure, SQLException {
        TableDefinition table = table(drop.table());
        for (Map<String, String> values : drop.partitions()) {
            PartitionName name = partition(values, table);
            if (!partitions.drop(table, name) && !drop.ifExists()) {
                throw SqlFailure.noPartition(drop.table().at(), name.text());
            }
        }
    }

    private void truncate(SqlStatement.Truncate truncate) throws SqlFailure, SQLException {
        TableDefinition table = table(truncate.table());
        if (truncate.partitions().isEmpty()) {
            partitions.truncate(table, null);
        }
        for (Map<String, String> values : truncate.partitions()) {
            partitions.truncate(table, existing(truncate.table(), table, values));
        }
    }

    private String showTables(SqlStatement.ShowTables show) throws SQLException {
        String pattern = show.like().orElse("%").replace("*", "%");
        return catalog.tables(show.project()).stream()
                .map(TableDefinition::name)
                .filter(name -> name.matches(regex(pattern)))
                .map(name -> "sandbox:" + name + "\n")
                .collect(Collectors.joining());
    }

    /** {@code %} stands for any text. */
    private static String regex(String pattern) {
        return List.of(pattern.split("%", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    private String showPartitions(SqlStatement.ShowPartitions show) throws SqlFailure, SQLException {
        TableDefinition table = table(show.table());
        if (!table.partitioned()) {
            throw SqlFailure.semantic(
                    show.table().at(), "table %s.%s is not partitioned".formatted(table.project(), table.name()));
        }
        return partitions.list(table).stream()
                .map(partition -> partition.name() + "\n")
                .collect(Collectors.joining());
    }

    private String describe(SqlStatement.Describe describe) throws SqlFailure, SQLException {
        TableDefinition table = table(describe.table());
        Optional<Map<String, String>> asked = describe.partition();
        if (asked.isPresent()) {
            PartitionName name = existing(describe.table(), table, asked.get());
            return DescriptionText.of(partitions.find(table, name).orElseThrow());
        }
        return DescriptionText.of(table, partitions.total(table));
    }

    private TableDefinition table(TableName name) throws SqlFailure, SQLException {
        return catalog.find(name.project(), name.table()).orElseThrow(() -> noTable(name));
    }

    private static SqlFailure noTable(TableName name) {
        return SqlFailure.noTable(name.at(), name.project(), name.table());
    }

    private static PartitionName partition(Map<String, String> values, TableDefinition table) {
        return PartitionName.of(new ArrayList<>(values.keySet()), new ArrayList<>(values.values()), table);
    }

    private PartitionName existing(TableName at, TableDefinition table, Map<String, String> values)
            throws SqlFailure, SQLException {
        PartitionName name = partition(values, table);
        if (partitions.find(table, name).isEmpty()) {
            throw SqlFailure.noPartition(at.at(), name.text());
        }
        return name;
    }
}
