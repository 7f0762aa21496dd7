package io.tidegate.sandbox.maxcompute.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The partitions of tables and what is visible in them. A table without partitions has one, named by the empty text. */
public final class Partitions {
    private final Database database;
    private final InstantSource clock;

    public Partitions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A partition with what is committed in it. {@code bytes} is the size as it came through the Tunnel. */
    public record Partition(String name, Instant createdAt, Instant writtenAt, long rows, long bytes) {}

    private static final String SELECT = """
            SELECT p.name, p.created, p.written, coalesce(sum(v.row_count), 0)::BIGINT AS row_count,
                coalesce(sum(v.byte_count), 0)::BIGINT AS byte_count
            FROM meta.partition p LEFT JOIN meta.visible v ON v.table_id = p.table_id AND v.partition = p.name
            WHERE p.table_id = ? AND (?::VARCHAR IS NULL OR p.name = ?)
            GROUP BY ALL ORDER BY p.name
            """;

    public List<Partition> list(TableDefinition table) throws SQLException {
        return select(table, null);
    }

    public Optional<Partition> find(TableDefinition table, PartitionName name) throws SQLException {
        return select(table, name.text()).stream().findFirst();
    }

    private List<Partition> select(TableDefinition table, @Nullable String name) throws SQLException {
        return database.read(connection -> Jdbc.list(
                connection,
                SELECT,
                row -> new Partition(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getLong(4),
                        row.getLong(5)),
                table.id(),
                name,
                name));
    }

    /** Rows and bytes that are visible in the whole table. */
    public Partition total(TableDefinition table) throws SQLException {
        return database.read(connection -> Jdbc.first(
                        connection,
                        "SELECT coalesce(sum(row_count), 0)::BIGINT, coalesce(sum(byte_count), 0)::BIGINT FROM meta.visible WHERE table_id = ?",
                        row -> new Partition("", table.createdAt(), table.writtenAt(), row.getLong(1), row.getLong(2)),
                        table.id())
                .orElseThrow());
    }

    /**
     * Adds the partition; false if it was there.
     *
     * @throws RefusedException InvalidPartitionSpec, if a value does not have the type of its key
     */
    public boolean add(TableDefinition table, PartitionName name) throws SQLException {
        PartitionCell.of(table, name);
        return database.change(connection -> add(connection, table, name.text(), clock.millis()));
    }

    static boolean add(Connection connection, TableDefinition table, String name, long now) throws SQLException {
        if (exists(connection, table, name)) {
            return false;
        }
        Jdbc.update(connection, "INSERT INTO meta.partition VALUES (?, ?, ?, ?)", table.id(), name, now, now);
        return true;
    }

    static boolean exists(Connection connection, TableDefinition table, String name) throws SQLException {
        return Jdbc.first(
                        connection,
                        "SELECT 1 FROM meta.partition WHERE table_id = ? AND name = ?",
                        row -> 1,
                        table.id(),
                        name)
                .isPresent();
    }

    /** Drops the partition and its rows; false if there is none. */
    public boolean drop(TableDefinition table, PartitionName name) throws SQLException {
        return database.change(connection -> {
            hide(connection, table, name.text(), clock.millis());
            return Jdbc.update(
                            connection,
                            "DELETE FROM meta.partition WHERE table_id = ? AND name = ?",
                            table.id(),
                            name.text())
                    > 0;
        });
    }

    /** Empties one partition, or the whole table if the name is null. */
    public void truncate(TableDefinition table, @Nullable PartitionName name) throws SQLException {
        database.change(connection -> {
            long now = clock.millis();
            if (name != null) {
                hide(connection, table, name.text(), now);
                return table;
            }
            Jdbc.update(
                    connection,
                    "INSERT INTO meta.garbage SELECT table_id, attempt, ? FROM meta.visible WHERE table_id = ?",
                    now,
                    table.id());
            Jdbc.update(connection, "DELETE FROM meta.visible WHERE table_id = ?", table.id());
            written(connection, table, null, now);
            return table;
        });
    }

    /** Takes what is visible in the partition out of sight; the rows themselves are swept later. */
    static void hide(Connection connection, TableDefinition table, String name, long now) throws SQLException {
        Jdbc.update(
                connection,
                "INSERT INTO meta.garbage SELECT table_id, attempt, ? FROM meta.visible WHERE table_id = ? AND partition = ?",
                now,
                table.id(),
                name);
        Jdbc.update(connection, "DELETE FROM meta.visible WHERE table_id = ? AND partition = ?", table.id(), name);
        written(connection, table, name, now);
    }

    /** Notes that the data changed. */
    static void written(Connection connection, TableDefinition table, @Nullable String name, long now)
            throws SQLException {
        Jdbc.update(connection, "UPDATE meta.definition SET written = ? WHERE id = ?", now, table.id());
        Jdbc.update(
                connection,
                "UPDATE meta.partition SET written = ? WHERE table_id = ? AND (?::VARCHAR IS NULL OR name = ?)",
                now,
                table.id(),
                name,
                name);
    }
}
