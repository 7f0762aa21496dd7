package io.tidegate.engine.maxcompute;

import com.aliyun.odps.Column;
import com.aliyun.odps.NoSuchObjectException;
import com.aliyun.odps.Odps;
import com.aliyun.odps.PartitionSpec;
import com.aliyun.odps.Table;
import com.aliyun.odps.task.SQLTask;
import com.aliyun.odps.type.NestedTypeInfo;
import com.aliyun.odps.type.TypeInfo;
import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.ColumnType;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.maxcompute.TableDescription.PartitionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is in a MaxCompute project. Every call answers or fails in bounded time. */
public final class MaxComputeCatalog {
    private static final int TABLES_MAX = 10_000;

    private final DataSourceConnection.MaxCompute connection;
    private final @Nullable String schema;
    private final Odps odps;

    public MaxComputeCatalog(DataSourceConnection.MaxCompute connection) {
        this(connection, null);
    }

    /**
     * @param schema of a project of three layers; null for the project's own tables
     */
    public MaxComputeCatalog(DataSourceConnection.MaxCompute connection, @Nullable String schema) {
        this.connection = connection;
        this.schema = schema;
        this.odps = OdpsAccess.odps(connection, schema);
    }

    /** The names of the project's tables, ascending; at most 10,000. */
    public List<String> tables() throws EngineFailure {
        return OdpsCalls.repeated("listing the tables of " + connection.project(), () -> {
            List<String> names = new ArrayList<>();
            var tables = odps.tables().iterator(connection.project());
            while (tables.hasNext() && names.size() < TABLES_MAX) {
                names.add(tables.next().getName());
            }
            return names.stream().sorted().toList();
        });
    }

    public boolean exists(String table) throws EngineFailure {
        return OdpsCalls.repeated(
                "looking for table " + table, () -> odps.tables().exists(connection.project(), table));
    }

    /**
     * A table's columns and partition keys.
     *
     * @throws EngineFailure MISSING_OBJECT when there is no such table
     */
    public TableDescription table(String table) throws EngineFailure {
        Optional<Table> there = OdpsCalls.repeated("reading table " + table, () -> {
            Table found = odps.tables().get(connection.project(), table);
            try {
                found.reload();
            } catch (NoSuchObjectException e) {
                return Optional.empty();
            }
            return Optional.of(found);
        });
        return describe(
                table,
                there.orElseThrow(() -> EngineFailure.lasting(
                        FailureKind.MISSING_OBJECT,
                        "Table %s is not in %s. Create it there, or mend the name.".formatted(table, place()))));
    }

    private String place() {
        return schema == null
                ? "project " + connection.project()
                : "schema %s of project %s".formatted(schema, connection.project());
    }

    private TableDescription describe(String name, Table table) {
        List<DestinationColumn> columns = new ArrayList<>();
        for (Column column : table.getSchema().getColumns()) {
            String comment = column.getComment();
            columns.add(new DestinationColumn(
                    column.getName(),
                    ColumnType.parse(typeText(column.getTypeInfo())),
                    comment == null ? "" : comment,
                    !column.isNullable()));
        }
        List<PartitionKey> keys = table.getSchema().getPartitionColumns().stream()
                .map(key -> new PartitionKey(key.getName(), key.getTypeInfo().getTypeName()))
                .toList();
        return new TableDescription(connection.project(), name, kind(table), columns, keys);
    }

    private static TableDescription.Kind kind(Table table) {
        if (table.isVirtualView() || table.isMaterializedView()) {
            return TableDescription.Kind.VIEW;
        }
        return table.isExternalTable() ? TableDescription.Kind.EXTERNAL : TableDescription.Kind.TABLE;
    }

    /** With the names inside of structures in quotes: they may hold anything. */
    private static String typeText(TypeInfo type) {
        return type instanceof NestedTypeInfo nested ? nested.getTypeName(true) : type.getTypeName();
    }

    /** Runs statements that return nothing, as CREATE TABLE. A semicolon at the end may be left out. */
    public void runDdl(String ddl) throws EngineFailure {
        for (String statement : SqlStatements.split(ddl)) {
            new SqlRun(odps, connection.project()).run(statement, Cancellation.NEVER, line -> {});
        }
    }

    /**
     * Whether a partition is there.
     *
     * @param partition as {@code ds=2022112210,type=1}
     */
    public boolean hasPartition(String table, String partition) throws EngineFailure {
        Table target = odps.tables().get(connection.project(), table);
        return OdpsCalls.repeated(
                "looking for partition " + partition, () -> target.hasPartition(new PartitionSpec(partition)));
    }

    /**
     * Makes a partition unless it is there. May be called by several at once.
     *
     * @param partition as {@code ds=2022112210,type=1}
     * @return whether it was made
     */
    public boolean createPartition(String table, String partition) throws EngineFailure {
        if (hasPartition(table, partition)) {
            return false;
        }
        Table target = odps.tables().get(connection.project(), table);
        OdpsCalls.repeated("creating partition %s of table %s".formatted(partition, table), () -> {
            target.createPartition(new PartitionSpec(partition), true);
            return true;
        });
        return true;
    }

    /** The rows of a partition, or of the table when the partition is null, counted by SQL. */
    public long count(String table, @Nullable String partition) throws EngineFailure {
        StringBuilder sql = new StringBuilder("SELECT COUNT(*) FROM ")
                .append(connection.project())
                .append('.')
                .append(schema == null ? "" : schema + ".")
                .append(table);
        // Names of three parts must be asked for.
        Map<String, String> hints = schema == null
                ? Map.of()
                : Map.of("odps.namespace.schema", "true", "odps.sql.allow.namespace.schema", "true");
        if (partition != null) {
            String separator = " WHERE ";
            PartitionSpec spec = new PartitionSpec(partition);
            for (String key : spec.keys()) {
                sql.append(separator)
                        .append(key)
                        .append("='")
                        .append(spec.get(key))
                        .append('\'');
                separator = " AND ";
            }
        }
        return OdpsCalls.repeated("counting the rows of " + table, () -> {
            var instance = SQLTask.run(odps, connection.project(), sql + ";", hints, null);
            instance.waitForSuccess();
            return Long.parseLong(SQLTask.getResult(instance).get(0).get(0).toString());
        });
    }

    /** Returns when the service answers, knows the project and accepts the keys; otherwise says why not. */
    public void checkReachable() throws EngineFailure {
        boolean there = OdpsCalls.once(
                "asking for project " + connection.project(),
                () -> odps.projects().exists(connection.project()));
        if (!there) {
            throw EngineFailure.lasting(
                    FailureKind.MISSING_OBJECT,
                    "There is no project %s at %s, or the access key may not see it."
                            .formatted(connection.project(), connection.endpoint()));
        }
    }
}
