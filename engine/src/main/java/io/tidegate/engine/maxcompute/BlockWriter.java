package io.tidegate.engine.maxcompute;

import com.aliyun.odps.Column;
import com.aliyun.odps.commons.proto.ProtobufRecordStreamWriter;
import com.aliyun.odps.commons.transport.Connection;
import com.aliyun.odps.commons.transport.Response;
import com.aliyun.odps.data.ArrayRecord;
import com.aliyun.odps.data.Binary;
import com.aliyun.odps.data.Char;
import com.aliyun.odps.data.Varchar;
import com.aliyun.odps.tunnel.HttpHeaders;
import com.aliyun.odps.tunnel.TableTunnel;
import com.aliyun.odps.tunnel.TunnelException;
import com.aliyun.odps.type.TypeInfo;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Writes one block of an upload session, compressed and with checksums. Not thread-safe.
 *
 * <ol>
 *   <li>{@link #write} any number of times;
 *   <li>{@link #finish}: only then the block is there;
 *   <li>{@link #close} always: without a finish before it, the connection is broken off and the service drops the block.
 * </ol>
 */
public final class BlockWriter implements AutoCloseable {
    private final String target;
    private final Connection connection;
    private final ProtobufRecordStreamWriter stream;
    private final ArrayRecord record;
    private final Column[] columns;
    private boolean finished;

    private BlockWriter(String target, Connection connection, ProtobufRecordStreamWriter stream, Column[] columns) {
        this.target = target;
        this.connection = connection;
        this.stream = stream;
        this.columns = columns;
        this.record = new ArrayRecord(columns, false);
    }

    static BlockWriter open(TableTunnel.UploadSession session, Connection connection, UploadTarget target)
            throws IOException {
        try {
            ProtobufRecordStreamWriter stream =
                    new ProtobufRecordStreamWriter(
                    session.getSchema(), connection.getOutputStream(), target.codec().option());
            stream.setTransform(session.isShouldTransform());
            return new BlockWriter(
                    target.name(), connection, stream, session.getSchema().getColumns().toArray(new Column[0]));
        } catch (IOException | RuntimeException e) {
            connection.disconnect();
            throw e;
        }
    }

    /**
     * Adds a row: one value for each column, of the Java types that the row mapper makes, or null.
     *
     * @throws EngineFailure when the connection broke; the block must then be written again from its start
     */
    public void write(@Nullable Object[] row) throws EngineFailure {
        try {
            for (int i = 0; i < columns.length; i++) {
                record.set(i, sdkValue(row[i], columns[i].getTypeInfo()));
            }
            stream.write(record);
        } catch (IOException e) {
            throw OdpsCalls.failure("writing to " + target, e);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw EngineFailure.lasting(
                    FailureKind.INTERNAL,
                    "A row that was checked is not accepted for %s: %s".formatted(target, e.getMessage()),
                    e);
        }
    }

    private static @Nullable Object sdkValue(@Nullable Object value, TypeInfo type) {
        if (value == null) {
            return null;
        }
        return switch (type.getOdpsType()) {
            case VARCHAR -> new Varchar((String) value);
            case CHAR -> new Char((String) value);
            case BINARY -> new Binary((byte[]) value);
            case DATETIME -> ((Instant) value).atZone(ZoneOffset.UTC);
            case ARRAY, MAP, STRUCT -> NestedValues.of(value, type, BlockWriter::sdkValue);
            default -> value;
        };
    }

    /** Bytes of the rows so far, before compression; a little behind. */
    public long bytes() {
        return stream.getTotalBytes();
    }

    /** Ends the block and waits until the service has taken it. */
    public void finish() throws EngineFailure {
        try {
            stream.close();
            Response response = connection.getResponse();
            if (!response.isOK()) {
                throw new TunnelException(
                        response.getHeader(HttpHeaders.HEADER_ODPS_REQUEST_ID),
                        connection.getInputStream(),
                        response.getStatus());
            }
            finished = true;
        } catch (IOException | TunnelException | RuntimeException e) {
            throw OdpsCalls.failure("ending a block for " + target, e);
        }
    }

    public boolean isFinished() {
        return finished;
    }

    @Override
    public void close() {
        try {
            connection.disconnect();
        } catch (IOException e) {
            // The connection is of no further use; that it would not close changes nothing.
            return;
        }
    }
}
