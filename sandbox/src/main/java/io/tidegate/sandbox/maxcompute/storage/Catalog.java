package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.type.NestedTypeInfo;
import com.aliyun.odps.type.TypeInfo;
import com.aliyun.odps.type.TypeInfoParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Projects and tables. Names are kept in lower case. */
public final class Catalog {
    private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9_]{2,127}");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,127}");
    private static final Set<String> RESERVED =
            Set.of("meta", "data", "result", "functions", "main", "temp", "system", "pg_catalog", "information_schema");
    private static final ObjectMapper json = new ObjectMapper();

    private final Database database;
    private final InstantSource clock;

    public Catalog(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes the project unless it is there. */
    public void createProject(String name) throws SQLException {
        String project = Names.folded(name);
        if (!PROJECT.matcher(project).matches() || RESERVED.contains(project)) {
            throw new IllegalArgumentException(
                    "'%s' cannot be a project: a letter, then letters, digits or underscores, and none of %s"
                            .formatted(name, RESERVED));
        }
        createNamespace(project);
    }

    /**
     * Makes a schema in a project unless it is there.
     *
     * @throws IllegalArgumentException if the name is not one for a schema
     */
    public void createSchema(String project, String schema) throws SQLException {
        if (!NAME.matcher(Names.folded(schema)).matches()) {
            throw new IllegalArgumentException("'%s' cannot be a schema".formatted(schema));
        }
        createNamespace(Names.namespace(Names.folded(project), schema));
    }

    private void createNamespace(String name) throws SQLException {
        database.change(connection -> {
            Jdbc.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Names.quoted(name));
            Jdbc.update(
                    connection,
                    "INSERT INTO meta.project SELECT ?, ? WHERE ? NOT IN (SELECT name FROM meta.project)",
                    name,
                    clock.millis(),
                    name);
            return name;
        });
    }

    /** The names of the project's schemas beside "default". */
    public List<String> schemas(String project) throws SQLException {
        String prefix = Names.folded(project) + ".";
        return database.read(connection -> Jdbc.list(
                connection,
                "SELECT name FROM meta.project WHERE starts_with(name, ?) ORDER BY name",
                row -> row.getString(1).substring(prefix.length()),
                prefix));
    }

    public boolean hasProject(String name) throws SQLException {
        return database.read(connection -> Jdbc.first(
                        connection, "SELECT 1 FROM meta.project WHERE name = ?", row -> 1, Names.folded(name))
                .isPresent());
    }

    /**
     * The table.
     *
     * @throws RefusedException NoSuchTable
     */
    public TableDefinition table(String project, String name) throws SQLException {
        return find(project, name).orElseThrow(() -> RefusedException.noSuchTable(project, name));
    }

    public Optional<TableDefinition> find(String project, String name) throws SQLException {
        return database.read(connection -> find(connection, project, name));
    }

    static Optional<TableDefinition> find(Connection connection, String project, String name) throws SQLException {
        return Jdbc.first(
                connection,
                "SELECT * FROM meta.definition WHERE project = ? AND name = ?",
                Catalog::definition,
                Names.folded(project),
                Names.folded(name));
    }

    public List<TableDefinition> tables(String project) throws SQLException {
        return database.read(connection -> Jdbc.list(
                connection,
                "SELECT * FROM meta.definition WHERE project = ? ORDER BY name",
                Catalog::definition,
                Names.folded(project)));
    }

    /**
     * Makes a table.
     *
     * @param columns names must be unique, partition keys included
     * @return false if a table of that name was there and was left as it is
     */
    public boolean create(
            String project,
            String name,
            List<ColumnDefinition> columns,
            List<ColumnDefinition> partitionKeys,
            String comment,
            int lifecycleDays,
            boolean external)
            throws SQLException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        TableDefinition table = new TableDefinition(
                database.nextNumber(),
                Names.folded(project),
                Names.folded(name),
                columns,
                partitionKeys,
                comment,
                lifecycleDays,
                external,
                now,
                now,
                now);
        check(table);
        return database.change(connection -> {
            if (find(connection, table.project(), table.name()).isPresent()) {
                return false;
            }
            createDataTable(connection, table);
            insert(connection, table);
            showView(connection, table);
            return true;
        });
    }

    private static void createDataTable(Connection connection, TableDefinition table) throws SQLException {
        Jdbc.execute(
                connection,
                "CREATE TABLE %s(%s, %s BIGINT)"
                        .formatted(
                                table.dataTable(),
                                table.allColumns()
                                        .map(c -> Names.quoted(c.name()) + " " + PhysicalTypes.of(c.type()))
                                        .collect(Collectors.joining(", ")),
                                TableDefinition.ATTEMPT));
    }

    private static void check(TableDefinition table) {
        List<String> names = table.allColumns().map(ColumnDefinition::name).toList();
        for (String name : names) {
            if (!NAME.matcher(name).matches() || name.equals(TableDefinition.ATTEMPT)) {
                throw new RefusedException(
                        400,
                        "InvalidColumn",
                        "ODPS-0130071:[0,0] Semantic analysis exception - invalid column name " + name);
            }
        }
        if (Set.copyOf(names).size() < names.size()) {
            throw new RefusedException(
                    400,
                    "InvalidColumn",
                    "ODPS-0130071:[0,0] Semantic analysis exception - duplicate column in " + names);
        }
        if (!NAME.matcher(table.name()).matches()) {
            throw new RefusedException(
                    400,
                    "InvalidTable",
                    "ODPS-0130071:[0,0] Semantic analysis exception - invalid table name " + table.name());
        }
    }

    /** Drops the table with its rows, partitions and upload sessions; false if there is none. */
    public boolean drop(String project, String name) throws SQLException {
        return database.change(connection -> {
            Optional<TableDefinition> found = find(connection, project, name);
            if (found.isEmpty()) {
                return false;
            }
            TableDefinition table = found.get();
            Jdbc.execute(connection, "DROP VIEW IF EXISTS " + table.view());
            Jdbc.execute(connection, "DROP TABLE IF EXISTS " + table.dataTable());
            Jdbc.update(
                    connection,
                    "DELETE FROM meta.block WHERE upload IN (SELECT id FROM meta.upload WHERE table_id = ?)",
                    table.id());
            for (String rest : List.of("upload", "partition", "visible", "garbage")) {
                Jdbc.update(connection, "DELETE FROM meta." + rest + " WHERE table_id = ?", table.id());
            }
            Jdbc.update(connection, "DELETE FROM meta.definition WHERE id = ?", table.id());
            return true;
        });
    }

    public void setLifecycle(TableDefinition table, int days) throws SQLException {
        database.change(connection -> Jdbc.update(
                connection,
                "UPDATE meta.definition SET lifecycle = ?, changed = ? WHERE id = ?",
                days,
                clock.millis(),
                table.id()));
    }

    /** Adds data columns behind the others; rows that are there get NULL. */
    public void addColumns(TableDefinition table, List<ColumnDefinition> added) throws SQLException {
        List<ColumnDefinition> columns = new ArrayList<>(table.columns());
        columns.addAll(added);
        TableDefinition wider = new TableDefinition(
                table.id(),
                table.project(),
                table.name(),
                columns,
                table.partitionKeys(),
                table.comment(),
                table.lifecycleDays(),
                table.external(),
                table.createdAt(),
                Instant.ofEpochMilli(clock.millis()),
                table.writtenAt());
        check(wider);
        database.change(connection -> {
            // DuckDB can add a column only behind the hidden one, and rows are appended by position.
            String old = "was_t" + table.id();
            Jdbc.execute(connection, "ALTER TABLE %s RENAME TO %s".formatted(table.dataTable(), old));
            createDataTable(connection, wider);
            String kept = table.allColumns()
                    .map(column -> Names.quoted(column.name()) + ", ")
                    .collect(Collectors.joining("", "", TableDefinition.ATTEMPT));
            Jdbc.execute(
                    connection,
                    "INSERT INTO %s(%s) SELECT %s FROM data.%s".formatted(wider.dataTable(), kept, kept, old));
            Jdbc.execute(connection, "DROP TABLE data." + old);
            Jdbc.update(connection, "DELETE FROM meta.definition WHERE id = ?", table.id());
            insert(connection, wider);
            showView(connection, wider);
            return wider;
        });
    }

    private static void showView(Connection connection, TableDefinition table) throws SQLException {
        Jdbc.execute(
                connection,
                "CREATE OR REPLACE VIEW %s AS SELECT %s FROM %s WHERE %s IN (SELECT attempt FROM meta.visible WHERE table_id = %d)"
                        .formatted(
                                table.view(),
                                table.allColumns()
                                        .map(PhysicalTypes::viewExpression)
                                        .collect(Collectors.joining(", ")),
                                table.dataTable(),
                                TableDefinition.ATTEMPT,
                                table.id()));
    }

    private static void insert(Connection connection, TableDefinition table) throws SQLException {
        Jdbc.update(
                connection,
                "INSERT INTO meta.definition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                table.id(),
                table.project(),
                table.name(),
                written(table.columns()),
                written(table.partitionKeys()),
                table.comment(),
                table.lifecycleDays(),
                table.createdAt().toEpochMilli(),
                table.changedAt().toEpochMilli(),
                table.writtenAt().toEpochMilli(),
                table.external());
    }

    private static TableDefinition definition(ResultSet row) throws SQLException {
        return new TableDefinition(
                row.getLong("id"),
                row.getString("project"),
                row.getString("name"),
                columns(row.getString("columns")),
                columns(row.getString("partition_keys")),
                row.getString("comment"),
                row.getInt("lifecycle"),
                row.getBoolean("external"),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("changed")),
                Instant.ofEpochMilli(row.getLong("written")));
    }

    /** Names inside of structures in quotes, so that they are read again whatever they hold. */
    private static String typeText(TypeInfo type) {
        return type instanceof NestedTypeInfo nested ? nested.getTypeName(true) : type.getTypeName();
    }

    static String written(List<ColumnDefinition> columns) {
        try {
            return json.writeValueAsString(columns.stream()
                    .map(c -> Map.of(
                            "name",
                            c.name(),
                            "type",
                            typeText(c.type()),
                            "comment",
                            c.comment(),
                            "required",
                            String.valueOf(c.required())))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written as JSON", e);
        }
    }

    static List<ColumnDefinition> columns(String text) {
        try {
            return json.readValue(text, new TypeReference<List<Map<String, String>>>() {}).stream()
                    .map(c -> new ColumnDefinition(
                            c.getOrDefault("name", ""),
                            TypeInfoParser.getTypeInfoFromTypeString(c.getOrDefault("type", "STRING")),
                            c.getOrDefault("comment", ""),
                            c.getOrDefault("required", "false").equals("true")))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored columns are damaged: " + text, e);
        }
    }
}
