package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.commons.proto.ProtobufRecordStreamReader;
import com.aliyun.odps.data.Record;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Upload sessions.
 *
 * <ol>
 *   <li>{@link #open} makes a session, NORMAL;
 *   <li>{@link #writeBlock} appends a block's rows, invisible, and lists the block when its stream has ended well; the
 *       last write of a block number replaces the earlier ones;
 *   <li>{@link #commit} shows the listed blocks and closes the session, in one transaction of metadata. Repeated, it
 *       changes nothing.
 * </ol>
 */
public final class Uploads {
    /** What a session can be. */
    public enum Status {
        NORMAL,
        CLOSED,
        EXPIRED
    }

    /** A session. {@code partition} is empty for a table without partitions. */
    public record Upload(
            String id, long tableId, String partition, boolean overwrite, Status status, Instant createdAt) {}

    /** A finished block. */
    public record Block(long number, long rows, long bytes, Instant finishedAt) {}

    private final Database database;
    private final InstantSource clock;
    private final StorageSettings settings;

    public Uploads(Database database, InstantSource clock, StorageSettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Makes a session.
     *
     * @throws RefusedException NoSuchPartition
     */
    public Upload open(TableDefinition table, PartitionName partition, boolean overwrite) throws SQLException {
        long now = clock.millis();
        Upload upload = new Upload(
                "%tY%<tm%<td".formatted(Instant.ofEpochMilli(now).atZone(settings.zone()))
                        + UUID.randomUUID().toString().replace("-", ""),
                table.id(),
                partition.text(),
                overwrite,
                Status.NORMAL,
                Instant.ofEpochMilli(now));
        return database.change(connection -> {
            if (table.partitioned() && !Partitions.exists(connection, table, partition.text())) {
                throw RefusedException.noSuchPartition(partition.text());
            }
            Jdbc.update(
                    connection,
                    "INSERT INTO meta.upload VALUES (?, ?, ?, ?, ?, ?)",
                    upload.id(),
                    upload.tableId(),
                    upload.partition(),
                    overwrite,
                    upload.status().name(),
                    now);
            return upload;
        });
    }

    /** The session; EXPIRED when its life is over, whatever the stored row says. */
    public Optional<Upload> find(String id) throws SQLException {
        return database.read(connection -> find(connection, id));
    }

    private Optional<Upload> find(Connection connection, String id) throws SQLException {
        return Jdbc.first(
                        connection,
                        "SELECT id, table_id, partition, overwrite, status, created FROM meta.upload WHERE id = ?",
                        row -> new Upload(
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getBoolean(4),
                                Status.valueOf(row.getString(5)),
                                Instant.ofEpochMilli(row.getLong(6))),
                        id)
                .map(this::aged);
    }

    private Upload aged(Upload upload) {
        boolean over = upload.status() == Status.NORMAL
                && clock.instant().isAfter(upload.createdAt().plus(settings.sessionLife()));
        return over
                ? new Upload(
                        upload.id(),
                        upload.tableId(),
                        upload.partition(),
                        upload.overwrite(),
                        Status.EXPIRED,
                        upload.createdAt())
                : upload;
    }

    public List<Block> blocks(String id) throws SQLException {
        return database.read(connection -> Jdbc.list(
                connection,
                "SELECT number, row_count, byte_count, finished FROM meta.block WHERE upload = ? ORDER BY number",
                row -> new Block(row.getLong(1), row.getLong(2), row.getLong(3), Instant.ofEpochMilli(row.getLong(4))),
                id));
    }

    /**
     * Appends the rows of a block and lists it. Anything that goes wrong leaves nothing.
     *
     * @param bytes how many bytes the stream has given so far; asked at its end
     * @throws IOException if the stream breaks or its checksums are wrong
     * @throws RefusedException StatusConflict, if the session is not NORMAL at the start or at the end
     */
    public long writeBlock(
            TableDefinition table, Upload upload, long number, ProtobufRecordStreamReader rows, LongSupplier bytes)
            throws IOException, SQLException {
        requireNormal(upload);
        long attempt = database.nextNumber();
        PartitionName partition =
                table.partitioned() ? PartitionName.parse(upload.partition(), table) : PartitionName.NONE;
        long count = append(table, partition, attempt, rows);
        list(table, upload.id(), number, new Appended(attempt, count, bytes.getAsLong()));
        return count;
    }

    private record Appended(long attempt, long rows, long bytes) {}

    private static void requireNormal(Upload upload) {
        if (upload.status() != Status.NORMAL) {
            throw RefusedException.statusConflict("You cannot complete the specified operation under the current upload"
                    + " status. UploadID=%s, status=%s".formatted(upload.id(), upload.status()));
        }
    }

    private long append(TableDefinition table, PartitionName partition, long attempt, ProtobufRecordStreamReader rows)
            throws IOException, SQLException {
        try (DuckDBConnection connection = database.connect()) {
            connection.setAutoCommit(false);
            try {
                long count = appendRows(connection, table, partition, attempt, rows);
                connection.commit();
                return count;
            } catch (IOException | SQLException | RuntimeException e) {
                Database.rollBack(connection, e);
                throw e;
            }
        }
    }

    private static long appendRows(
            DuckDBConnection connection,
            TableDefinition table,
            PartitionName partition,
            long attempt,
            ProtobufRecordStreamReader rows)
            throws IOException, SQLException {
        CellWriter[] writers = table.columns().stream()
                .map(column -> CellWriter.of(column.type()))
                .toArray(CellWriter[]::new);
        List<PartitionCell> cells = PartitionCell.of(table, partition);
        long count = 0;
        try (DuckDBAppender appender = connection.createAppender("data", "t" + table.id())) {
            Record reused = null;
            for (Record row = rows.read(null); row != null; row = rows.read(reused)) {
                reused = row;
                appender.beginRow();
                for (int i = 0; i < writers.length; i++) {
                    @Nullable Object value = row.get(i);
                    if (value == null) {
                        requireNullable(table.columns().get(i));
                        appender.appendNull();
                    } else {
                        writers[i].append(appender, value);
                    }
                }
                for (PartitionCell cell : cells) {
                    cell.append(appender);
                }
                appender.append(attempt);
                appender.endRow();
                count++;
            }
        } catch (ArithmeticException | ClassCastException e) {
            throw new RefusedException(400, "MalformedDataStream", "A value does not fit its column: " + e);
        }
        return count;
    }

    private static void requireNullable(ColumnDefinition column) {
        if (column.required()) {
            throw new RefusedException(
                    400, "MalformedDataStream", "Column %s is NOT NULL, but a row has NULL".formatted(column.name()));
        }
    }

    private void list(TableDefinition table, String uploadId, long number, Appended appended) throws SQLException {
        long now = clock.millis();
        Optional<Upload> refusing = database.change(connection -> {
            Optional<Upload> upload = find(connection, uploadId);
            if (upload.isEmpty() || upload.get().status() != Status.NORMAL) {
                // Committed while this block was on its way: its rows stay out of sight.
                garbage(connection, table.id(), appended.attempt(), now);
                return Optional.of(upload.orElseThrow(() -> noSuchUpload(uploadId)));
            }
            Jdbc.update(
                    connection,
                    "INSERT INTO meta.garbage SELECT ?, attempt, ? FROM meta.block WHERE upload = ? AND number = ?",
                    table.id(),
                    now,
                    uploadId,
                    number);
            Jdbc.update(connection, "DELETE FROM meta.block WHERE upload = ? AND number = ?", uploadId, number);
            Jdbc.update(
                    connection,
                    "INSERT INTO meta.block VALUES (?, ?, ?, ?, ?, ?)",
                    appended.attempt(),
                    uploadId,
                    number,
                    appended.rows(),
                    appended.bytes(),
                    now);
            return Optional.empty();
        });
        refusing.ifPresent(Uploads::requireNormal);
    }

    private static void garbage(Connection connection, long tableId, long attempt, long now) throws SQLException {
        Jdbc.update(connection, "INSERT INTO meta.garbage VALUES (?, ?, ?)", tableId, attempt, now);
    }

    /**
     * Shows the session's blocks; with overwrite, instead of what the partition shows now.
     *
     * @throws RefusedException StatusConflict if the session has expired, NoSuchPartition if the partition was dropped
     */
    public Upload commit(TableDefinition table, String id) throws SQLException {
        return database.change(connection -> {
            Upload upload = find(connection, id).orElseThrow(() -> noSuchUpload(id));
            if (upload.status() == Status.CLOSED) {
                return upload;
            }
            requireNormal(upload);
            if (table.partitioned() && !Partitions.exists(connection, table, upload.partition())) {
                throw RefusedException.noSuchPartition(upload.partition());
            }
            long now = clock.millis();
            if (upload.overwrite()) {
                Partitions.hide(connection, table, upload.partition(), now);
            }
            Jdbc.update(
                    connection,
                    "INSERT INTO meta.visible SELECT ?, ?, attempt, row_count, byte_count FROM meta.block WHERE upload = ?",
                    table.id(),
                    upload.partition(),
                    id);
            setStatus(connection, id, Status.CLOSED);
            Partitions.written(connection, table, upload.partition(), now);
            return find(connection, id).orElseThrow();
        });
    }

    /** Ends a session that is still NORMAL, as time would. */
    public void expire(String id) throws SQLException {
        database.change(connection -> {
            Upload upload = find(connection, id).orElseThrow(() -> noSuchUpload(id));
            if (upload.status() == Status.NORMAL) {
                setStatus(connection, id, Status.EXPIRED);
            }
            return upload;
        });
    }

    private static void setStatus(Connection connection, String id, Status status) throws SQLException {
        Jdbc.update(connection, "UPDATE meta.upload SET status = ? WHERE id = ?", status.name(), id);
    }

    public static RefusedException noSuchUpload(String id) {
        return new RefusedException(404, "NoSuchUpload", "The specified upload id does not exist: " + id);
    }
}
