package io.tidegate.engine.maxcompute;

import com.aliyun.odps.Column;
import com.aliyun.odps.Odps;
import com.aliyun.odps.PartitionSpec;
import com.aliyun.odps.commons.transport.Connection;
import com.aliyun.odps.commons.transport.Headers;
import com.aliyun.odps.rest.RestClient;
import com.aliyun.odps.tunnel.Configuration;
import com.aliyun.odps.tunnel.HttpHeaders;
import com.aliyun.odps.tunnel.TableTunnel;
import com.aliyun.odps.tunnel.TunnelConstants;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Tunnel upload session: blocks are written to it side by side, and one commit makes all of them visible. Nothing is
 * visible before. Not thread-safe: each slice attaches to the session on its own.
 */
public final class UploadSession {
    /** How long a commit that the service has begun may take. */
    private static final int CLOSING_POLLS_MAX = 240;

    private static final long CLOSING_POLL_MILLIS = 500;
    private static final int COMMIT_TRIES_MAX = 4;

    /** One call of the system for each chunk of the body; the SDK's own chunks have 1,496 bytes. */
    private static final int CHUNK_BYTES = 64 << 10;

    private final UploadTarget target;
    private final TableTunnel.UploadSession session;
    private final RestClient tunnel;

    private UploadSession(UploadTarget target, TableTunnel.UploadSession session, RestClient tunnel) {
        this.target = target;
        this.session = session;
        this.tunnel = tunnel;
    }

    /** Opens a new session. One that is never committed leaves no trace: the service drops it after a day. */
    public static UploadSession open(UploadTarget target) throws EngineFailure {
        return attach(target, null);
    }

    /**
     * Attaches to a session that was opened elsewhere.
     *
     * @throws EngineFailure MISSING_OBJECT when the service does not know it any more
     */
    public static UploadSession attach(UploadTarget target, @Nullable String id) throws EngineFailure {
        String doing =
                (id == null ? "opening an upload session for " : "attaching to the upload session of ") + target.name();
        return OdpsCalls.repeated(doing, () -> {
            Odps odps = OdpsAccess.odps(target.connection(), target.schema());
            Configuration configuration = OdpsAccess.tunnelConfiguration(odps, target.quota());
            TableTunnel tables = OdpsAccess.tunnel(odps, configuration);
            String project = target.connection().project();
            TableTunnel.UploadSession session;
            boolean overwrite = target.mode() == WriteMode.OVERWRITE;
            String partition = target.partition();
            if (partition == null) {
                session = id == null
                        ? tables.createUploadSession(project, target.table(), overwrite)
                        : tables.getUploadSession(project, target.table(), id);
            } else {
                PartitionSpec spec = new PartitionSpec(partition);
                session = id == null
                        ? tables.createUploadSession(project, target.table(), spec, overwrite)
                        : tables.getUploadSession(project, target.table(), spec, id);
            }
            return new UploadSession(target, session, configuration.newRestClient(project));
        });
    }

    public String id() {
        return session.getId();
    }

    public OpenUpload upload() {
        return new OpenUpload(session.getId(), session.isShouldTransform());
    }

    /**
     * Begins a block. A block that is begun again replaces what was written under its id.
     *
     * @param columns the columns that rows are laid out for
     * @throws EngineFailure MISSING_OBJECT when the table has other columns by now
     */
    public BlockWriter openBlock(long block, List<DestinationColumn> columns) throws EngineFailure {
        List<Column> now = session.getSchema().getColumns();
        List<String> wanted = columns.stream().map(c -> lower(c.name())).toList();
        if (!now.stream().map(c -> lower(c.getName())).toList().equals(wanted)) {
            throw EngineFailure.passing(
                    FailureKind.MISSING_OBJECT,
                    "The columns of %s changed while the copy was being prepared. Another attempt will see the new ones."
                            .formatted(target.name()),
                    null);
        }
        return OdpsCalls.repeated(
                "beginning block %d for %s".formatted(block, target.name()),
                () -> BlockWriter.open(connect(block), target));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * The SDK opens the same request in {@code openRecordWriter}, but then the connection cannot be broken off any more:
     * its writer's {@code close} makes a whole block of half a one.
     */
    private Connection connect(long block) throws com.aliyun.odps.OdpsException, java.io.IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put(Headers.TRANSFER_ENCODING, Headers.CHUNKED);
        headers.put(Headers.CONTENT_TYPE, "application/octet-stream");
        headers.put(HttpHeaders.HEADER_ODPS_TUNNEL_VERSION, String.valueOf(TunnelConstants.VERSION));
        if (!target.codec().encoding().isEmpty()) {
            headers.put(Headers.CONTENT_ENCODING, target.codec().encoding());
        }
        Map<String, String> parameters = new HashMap<>();
        parameters.put(TunnelConstants.UPLOADID, session.getId());
        parameters.put(TunnelConstants.BLOCKID, Long.toString(block));
        if (target.quota() != null) {
            parameters.put(TunnelConstants.PARAM_QUOTA_NAME, target.quota());
        }
        if (target.partition() != null) {
            parameters.put(
                    TunnelConstants.RES_PARTITION,
                    new PartitionSpec(target.partition()).toString().replace("'", ""));
        }
        tunnel.setChunkSize(CHUNK_BYTES);
        return tunnel.connect(session.getResource(), "PUT", parameters, headers);
    }

    /** How a commit ended. */
    public enum Settled {
        /** The rows are visible. */
        COMMITTED,
        /**
         * The session is gone or unusable: nobody can commit it any more, and whether it ever was committed cannot be seen
         * from it.
         */
        GONE
    }

    /**
     * Makes the blocks visible. May be called again at any time: what the session says is looked at first, so that a
     * commit whose answer was lost is not sent twice.
     *
     * @param blocks every block that was written
     * @param maySend asked right before the commit is sent; if false, it is not
     * @throws EngineFailure when the outcome is not known yet, the session holds other blocks, or the commit may not be sent
     */
    public Settled commit(List<Long> blocks, BooleanSupplier maySend) throws EngineFailure {
        EngineFailure last = null;
        for (int tries = 1; tries <= COMMIT_TRIES_MAX; tries++) {
            TableTunnel.UploadStatus status = settledStatus();
            switch (status) {
                case CLOSED -> {
                    return Settled.COMMITTED;
                }
                case NORMAL -> last = sendCommit(blocks, maySend);
                default -> {
                    return Settled.GONE;
                }
            }
            if (last == null) {
                return Settled.COMMITTED;
            }
            OdpsCalls.pause(CLOSING_POLL_MILLIS * tries);
        }
        throw last == null ? unknown("the service did not say") : last;
    }

    /** The error of the commit, or null when the service confirmed it. */
    private @Nullable EngineFailure sendCommit(List<Long> blocks, BooleanSupplier maySend) throws EngineFailure {
        Long[] known = OdpsCalls.repeated("listing the blocks for " + target.name(), session::getBlockList);
        if (!new TreeSet<>(Arrays.asList(known)).equals(new TreeSet<>(blocks))) {
            throw EngineFailure.passing(
                    FailureKind.COUNT_MISMATCH,
                    "The service holds blocks %s for %s, but %s were written. Nothing was committed."
                            .formatted(Arrays.toString(known), target.name(), blocks),
                    null);
        }
        if (!maySend.getAsBoolean()) {
            throw EngineFailure.passing(
                    FailureKind.TRANSFER, "The commit to %s was not sent.".formatted(target.name()), null);
        }
        try {
            OdpsCalls.once("committing to " + target.name(), () -> {
                session.commit(blocks.toArray(new Long[0]));
                return true;
            });
            return null;
        } catch (EngineFailure failure) {
            return failure;
        }
    }

    /** The status, once the service has made up its mind. No status is no sign that the session is gone. */
    private TableTunnel.UploadStatus settledStatus() throws EngineFailure {
        TableTunnel.UploadStatus status = TableTunnel.UploadStatus.UNKNOWN;
        for (int polls = 0; polls < CLOSING_POLLS_MAX; polls++) {
            try {
                status = OdpsCalls.repeated("asking for the commit to " + target.name(), session::getStatus);
            } catch (EngineFailure failure) {
                if (failure.kind() == FailureKind.MISSING_OBJECT) {
                    return TableTunnel.UploadStatus.EXPIRED;
                }
                throw failure;
            }
            boolean open = status == TableTunnel.UploadStatus.CLOSING
                    || status == TableTunnel.UploadStatus.COMMITTING
                    || status == TableTunnel.UploadStatus.UNKNOWN;
            if (!open) {
                return status;
            }
            OdpsCalls.pause(CLOSING_POLL_MILLIS);
        }
        throw unknown("it is still " + status);
    }

    private EngineFailure unknown(String why) {
        return EngineFailure.passing(
                FailureKind.TRANSFER,
                "Whether the rows of %s were committed is not known yet: %s. The next attempt asks again before it writes anything."
                        .formatted(target.name(), why),
                null);
    }

    /**
     * Empties the blocks that the service holds beside the wanted ones: tries that broke off may have left them, and a
     * commit takes all that is there.
     *
     * @return every block that the commit must name, ascending
     */
    public List<Long> blankAllBut(List<Long> wanted, List<DestinationColumn> columns) throws EngineFailure {
        Long[] known = OdpsCalls.repeated("listing the blocks for " + target.name(), session::getBlockList);
        TreeSet<Long> all = new TreeSet<>(wanted);
        for (Long block : known) {
            if (all.add(block)) {
                try (BlockWriter blank = openBlock(block, columns)) {
                    new RowEncoder(columns, false, new byte[RowEncoder.PAGE_BYTES_MIN], (page, length) -> {
                                blank.write(page, length);
                                return page;
                            })
                            .endBlock();
                    blank.finish();
                }
            }
        }
        return new ArrayList<>(all);
    }
}
