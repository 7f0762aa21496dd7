package io.tidegate.engine.maxcompute;

import com.aliyun.odps.commons.transport.Connection;
import com.aliyun.odps.commons.transport.Response;
import com.aliyun.odps.tunnel.HttpHeaders;
import com.aliyun.odps.tunnel.TunnelException;
import io.tidegate.engine.EngineFailure;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Sends one block of an upload session, compressed. Used by one thread, but for {@link #close}.
 *
 * <ol>
 *   <li>{@link #write} the pages that a {@link RowEncoder} filled, up to and with the one that ends the block;
 *   <li>{@link #finish}: only then the block is there;
 *   <li>{@link #close} always: without a finish before it, the connection is broken off and the service drops the block.
 * </ol>
 */
public final class BlockWriter implements AutoCloseable {
    private final String target;
    private final Connection connection;
    private final OutputStream stream;
    private boolean finished;

    private BlockWriter(String target, Connection connection, OutputStream stream) {
        this.target = target;
        this.connection = connection;
        this.stream = stream;
    }

    static BlockWriter open(Connection connection, UploadTarget target) throws IOException {
        try {
            OutputStream compressed = target.codec().compress(connection.getOutputStream());
            return new BlockWriter(target.name(), connection, compressed);
        } catch (IOException | RuntimeException e) {
            connection.disconnect();
            throw e;
        }
    }

    /**
     * Sends a page; a little may be held back until the next one.
     *
     * @throws EngineFailure when the connection broke; the block must then be written again from its start
     */
    public void write(byte[] page, int length) throws EngineFailure {
        try {
            stream.write(page, 0, length);
        } catch (IOException | RuntimeException e) {
            throw OdpsCalls.failure("writing to " + target, e);
        }
    }

    /** Sends what is held back, so that the service does not take the connection for idle. */
    public void flush() throws EngineFailure {
        try {
            stream.flush();
        } catch (IOException | RuntimeException e) {
            throw OdpsCalls.failure("writing to " + target, e);
        }
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

    /** Ends the connection. Any thread may call it: a write that waits for the service then fails. */
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
