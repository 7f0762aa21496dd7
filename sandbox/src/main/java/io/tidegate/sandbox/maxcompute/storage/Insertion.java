package io.tidegate.sandbox.maxcompute.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/** INSERT INTO and INSERT OVERWRITE from a query: rows first, then one transaction of metadata that shows them. */
public final class Insertion {
    /** MaxCompute's own limit is lower; the numbers are only set aside. */
    private static final int DYNAMIC_PARTITIONS_MAX = 10_000;

    private static final String DEFAULT_PARTITION = "__HIVE_DEFAULT_PARTITION__";

    private final Database database;
    private final InstantSource clock;

    public Insertion(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What to insert.
     *
     * @param targets the data columns that the query fills, in its order; the others get NULL
     * @param fixed the partition keys whose value the statement names; the query ends with the others, in key order
     */
    public record Order(
            TableDefinition table, List<String> targets, Map<String, String> fixed, boolean overwrite, String query) {
        public Order {
            targets = List.copyOf(targets);
            fixed = Map.copyOf(fixed);
        }

        private List<String> dynamicKeys() {
            return table.partitionKeys().stream()
                    .map(ColumnDefinition::name)
                    .filter(key -> !fixed.containsKey(key))
                    .toList();
        }

        /** How many columns the query must have. */
        public int width() {
            return targets.size() + dynamicKeys().size();
        }
    }

    private record Filled(String partition, long attempt, long rows) {}

    /** Inserts on the given connection, whose schema and zone the query needs. Returns the number of rows. */
    public long run(DuckDBConnection connection, Order order, Interruption interruption) throws SQLException {
        long first = firstNumber();
        connection.setAutoCommit(false);
        List<Filled> filled = Database.inTransaction(connection, c -> {
            interruption.execute(c, insertSql(order, first));
            return filled(c, order, first);
        });
        connection.setAutoCommit(true);
        database.change(c -> {
            show(c, order, filled);
            return order;
        });
        return filled.stream().mapToLong(Filled::rows).sum();
    }

    private long firstNumber() {
        long first = database.nextNumber();
        for (int i = 1; i < DYNAMIC_PARTITIONS_MAX; i++) {
            database.nextNumber();
        }
        return first;
    }

    private static String insertSql(Order order, long first) {
        TableDefinition table = order.table();
        List<String> dynamic = order.dynamicKeys();
        List<String> places =
                IntStream.range(0, order.width()).mapToObj(i -> "c" + i).toList();
        List<String> values = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            int at = order.targets().indexOf(column.name());
            values.add(at < 0 ? "NULL" : stored(places.get(at), column));
        }
        List<String> dynamicValues = new ArrayList<>();
        for (ColumnDefinition key : table.partitionKeys()) {
            String fixed = order.fixed().get(key.name());
            if (fixed != null) {
                values.add(Names.literal(fixed));
                continue;
            }
            String value = "coalesce(CAST(%s AS VARCHAR), %s)"
                    .formatted(
                            places.get(order.targets().size() + dynamic.indexOf(key.name())),
                            Names.literal(DEFAULT_PARTITION));
            values.add(value);
            dynamicValues.add(value);
        }
        String attempt = dynamicValues.isEmpty()
                ? Long.toString(first)
                : "%d + dense_rank() OVER (ORDER BY %s) - 1".formatted(first, String.join(", ", dynamicValues));
        return "INSERT INTO %s SELECT %s, %s FROM (%s) AS source(%s)"
                .formatted(
                        table.dataTable(),
                        String.join(", ", values),
                        attempt,
                        order.query(),
                        String.join(", ", places));
    }

    /** TIMESTAMP is kept as UTC wall time; a plain cast would take the session's zone. */
    private static String stored(String place, ColumnDefinition column) {
        return switch (column.type().getOdpsType()) {
            case TIMESTAMP -> "make_timestamp_ns(epoch_ns(CAST(%s AS TIMESTAMPTZ_NS)))".formatted(place);
            default -> "CAST(%s AS %s)".formatted(place, PhysicalTypes.of(column.type()));
        };
    }

    private static List<Filled> filled(Connection connection, Order order, long first) throws SQLException {
        TableDefinition table = order.table();
        String keys = table.partitionKeys().stream()
                .map(key -> "CAST(%s AS VARCHAR)".formatted(Names.quoted(key.name())))
                .collect(Collectors.joining(", "));
        List<Filled> filled = Jdbc.list(
                connection,
                "SELECT %s FROM %s WHERE %s BETWEEN %d AND %d GROUP BY ALL"
                        .formatted(
                                Stream.of(TableDefinition.ATTEMPT, "count(*)", keys)
                                        .filter(part -> !part.isEmpty())
                                        .collect(Collectors.joining(", ")),
                                table.dataTable(),
                                TableDefinition.ATTEMPT,
                                first,
                                first + DYNAMIC_PARTITIONS_MAX - 1),
                row -> new Filled(partition(table, row), row.getLong(1), row.getLong(2)));
        // An empty query still empties, or makes, the partition that the statement names.
        return filled.isEmpty() && order.dynamicKeys().isEmpty()
                ? List.of(new Filled(fixedPartition(order), first, 0))
                : filled;
    }

    private static String partition(TableDefinition table, ResultSet row) throws SQLException {
        List<String> names =
                table.partitionKeys().stream().map(ColumnDefinition::name).toList();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            values.add(row.getString(3 + i));
        }
        return new PartitionName(names, values).text();
    }

    private static String fixedPartition(Order order) {
        List<String> names = order.table().partitionKeys().stream()
                .map(ColumnDefinition::name)
                .toList();
        return new PartitionName(
                        names,
                        names.stream()
                                .map(key -> order.fixed().getOrDefault(key, ""))
                                .toList())
                .text();
    }

    private void show(Connection connection, Order order, List<Filled> filled) throws SQLException {
        TableDefinition table = order.table();
        long now = clock.millis();
        for (Filled part : filled) {
            if (table.partitioned()) {
                Partitions.add(connection, table, part.partition(), now);
            }
            if (order.overwrite()) {
                Partitions.hide(connection, table, part.partition(), now);
            }
            if (part.rows() > 0) {
                Jdbc.update(
                        connection,
                        "INSERT INTO meta.visible VALUES (?, ?, ?, ?, 0)",
                        table.id(),
                        part.partition(),
                        part.attempt(),
                        part.rows());
            }
            Partitions.written(connection, table, part.partition(), now);
        }
    }
}
