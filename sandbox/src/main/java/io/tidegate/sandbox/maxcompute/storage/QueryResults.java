package io.tidegate.sandbox.maxcompute.storage;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/** Runs queries in DuckDB's own SQL and keeps their rows. */
public final class QueryResults {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private QueryResults() {}

    /** The kept rows of a query. */
    public record Kept(List<ColumnDefinition> columns, long rows) {
        public Kept {
            columns = List.copyOf(columns);
        }
    }

    /** What stands before the query in {@link #keep}, for errors that give a place. */
    public static String prefix(String table) {
        return "CREATE TABLE " + table + " AS ";
    }

    /** Runs the query and keeps its rows in a table of this name. */
    public static Kept keep(DuckDBConnection connection, String table, String query, Interruption interruption)
            throws SQLException {
        interruption.execute(connection, prefix(table) + query);
        List<String[]> found =
                Jdbc.list(connection, "SELECT column_name, column_type FROM (DESCRIBE " + table + ")", row ->
                        new String[] {row.getString(1), row.getString(2)});
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            String name = found.get(i)[0];
            if (!PLAIN_NAME.matcher(name).matches()) {
                // MaxCompute's name for an expression without an alias.
                Jdbc.execute(
                        connection,
                        "ALTER TABLE %s RENAME COLUMN %s TO %s"
                                .formatted(table, Names.quoted(name), Names.quoted("_c" + i)));
                name = "_c" + i;
            }
            columns.add(new ColumnDefinition(name, PhysicalTypes.fromDuckDb(found.get(i)[1]), "", false));
        }
        long rows = Jdbc.first(connection, "SELECT count(*) FROM " + table, row -> row.getLong(1))
                .orElse(0L);
        return new Kept(columns, rows);
    }

    /** How many columns the query has. Nothing runs. */
    public static int width(DuckDBConnection connection, String query) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            ResultSetMetaData columns = statement.getMetaData();
            return columns.getColumnCount();
        }
    }

    /** Sets the zone of dates for this connection alone. */
    public static void setZone(DuckDBConnection connection, String zone) throws SQLException {
        Jdbc.execute(connection, "SET SESSION TimeZone = " + Names.literal(zone));
    }

    /** Forgets kept rows. */
    public static void drop(DuckDBConnection connection, String table) throws SQLException {
        Jdbc.execute(connection, "DROP TABLE IF EXISTS " + table);
    }
}
