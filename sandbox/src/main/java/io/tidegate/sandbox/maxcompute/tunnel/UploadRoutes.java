package io.tidegate.sandbox.maxcompute.tunnel;

import com.aliyun.odps.commons.proto.ProtobufRecordStreamReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sandbox.maxcompute.rest.HttpCall;
import io.tidegate.sandbox.maxcompute.rest.SchemaJson;
import io.tidegate.sandbox.maxcompute.storage.Catalog;
import io.tidegate.sandbox.maxcompute.storage.PartitionName;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import io.tidegate.sandbox.maxcompute.storage.Uploads;
import io.tidegate.sandbox.maxcompute.storage.Uploads.Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Upload sessions: {@code POST ?uploads}, {@code PUT ?uploadid&blockid}, {@code GET} and {@code POST ?uploadid}. */
public final class UploadRoutes {
    private static final long BLOCK_MAX = 20_000;
    private static final int BROKEN_BLOCK_BYTES = 4096;
    private static final long FIELD_BYTES_MAX = 8L << 20;

    private final Catalog catalog;
    private final Uploads uploads;
    private final Faults faults;
    private final TunnelUsage usage;
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    public UploadRoutes(Catalog catalog, Uploads uploads, Faults faults, TunnelUsage usage) {
        this.catalog = catalog;
        this.uploads = uploads;
        this.faults = faults;
        this.usage = usage;
    }

    public void open(HttpCall call) throws IOException, SQLException {
        refuseOften();
        if (faults.strikes(Fault.Kind.FAIL_OPEN)) {
            throw new RefusedException(500, "InternalServerError", "the opening fails on purpose");
        }
        TableDefinition table = table(call);
        if (table.external()) {
            throw new RefusedException(400, "InvalidTable", "The Tunnel does not serve external tables");
        }
        Upload upload = uploads.open(
                table, partition(call, table), call.parameter("overwrite").equals("true"));
        usage.opened(upload.id(), call);
        call.json(201, described(table, upload).toString());
    }

    public void reload(HttpCall call) throws IOException, SQLException {
        refuseOften();
        if (call.has("getblockid")) {
            faults.holdIfStruck(Fault.Kind.HOLD_LISTING, Faults.ANY_BLOCK);
        }
        TableDefinition table = table(call);
        call.json(200, described(table, upload(call, table)).toString());
    }

    public void write(HttpCall call) throws IOException, SQLException {
        refuseOften();
        if (call.has("arrow")) {
            throw new RefusedException(400, "InvalidParameter", "Arrow blocks are not served; write records");
        }
        TableDefinition table = table(call);
        Upload upload = upload(call, table);
        long block = block(call);
        faults.strike(Fault.Kind.SLOW_BLOCK, block).ifPresent(fault -> pause(fault.delay()));
        faults.holdIfStruck(Fault.Kind.HOLD_BLOCK, block);
        if (faults.strike(Fault.Kind.BREAK_BLOCK, block).isPresent()) {
            call.body().readNBytes(BROKEN_BLOCK_BYTES);
            call.cut();
        }
        if (faults.strike(Fault.Kind.FAIL_BLOCK, block).isPresent()) {
            // Read to the end first: else the client would meet a broken pipe and never see the 500.
            call.body().transferTo(OutputStream.nullOutputStream());
            throw new RefusedException(500, "InternalServerError", "block %d fails on purpose".formatted(block));
        }
        usage.block(call.header("Content-Encoding").orElse(""));
        CountingStream body = new CountingStream(call.body());
        var records = new ProtobufRecordStreamReader(
                table.dataSchema(),
                body,
                Compression.of(call.header("Content-Encoding").orElse("")));
        uploads.writeBlock(table, upload, block, records, body::count);
        call.json(200, "{}");
    }

    public void commit(HttpCall call) throws IOException, SQLException {
        refuseOften();
        faults.holdIfStruck(Fault.Kind.HOLD_COMMIT, Faults.ANY_BLOCK);
        TableDefinition table = table(call);
        Upload upload = upload(call, table);
        if (faults.strikes(Fault.Kind.EXPIRE_AT_COMMIT)) {
            uploads.expire(upload.id());
        }
        if (faults.strikes(Fault.Kind.FAIL_COMMIT)) {
            throw new RefusedException(500, "InternalServerError", "the commit fails on purpose");
        }
        Upload closed = uploads.commit(table, upload.id());
        faults.holdIfStruck(Fault.Kind.HOLD_COMMIT_REPLY, Faults.ANY_BLOCK);
        if (faults.strikes(Fault.Kind.DROP_REPLY_AFTER_COMMIT)) {
            call.breakOff();
            return;
        }
        call.json(200, described(table, closed).toString());
    }

    private TableDefinition table(HttpCall call) throws SQLException {
        return catalog.table(call.segment(1), call.segment(3));
    }

    private static PartitionName partition(HttpCall call, TableDefinition table) {
        if (!table.partitioned() && call.parameter("partition").isEmpty()) {
            return PartitionName.NONE;
        }
        return PartitionName.parse(call.parameter("partition"), table);
    }

    private Upload upload(HttpCall call, TableDefinition table) throws SQLException {
        String id = call.parameter("uploadid");
        usage.check(id, call);
        if (faults.strikes(Fault.Kind.EXPIRE_SESSION)) {
            uploads.expire(id);
        }
        if (faults.strikes(Fault.Kind.FORGET_SESSION)) {
            forgotten.add(id);
        }
        return uploads.find(id)
                .filter(upload -> !forgotten.contains(upload.id()))
                .filter(upload -> upload.tableId() == table.id())
                .orElseThrow(() -> Uploads.noSuchUpload(id));
    }

    private static long block(HttpCall call) {
        try {
            long block = Long.parseLong(call.parameter("blockid"));
            if (block >= 0 && block < BLOCK_MAX) {
                return block;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw new RefusedException(
                400, "InvalidBlockID", "The block id must be between 0 and 19999: " + call.parameter("blockid"));
    }

    private ObjectNode described(TableDefinition table, Upload upload) throws SQLException {
        ObjectNode schema = SchemaJson.schema(table.columns(), table.partitionKeys());
        ObjectNode node = schema.objectNode();
        node.put("UploadID", upload.id());
        node.put("Status", upload.status().name().toLowerCase(Locale.ROOT));
        node.put("MaxFieldSize", FIELD_BYTES_MAX);
        node.put("Initiated", upload.createdAt().toString());
        node.set("Schema", schema);
        ArrayNode blocks = node.putArray("UploadedBlockList");
        List<Uploads.Block> finished = uploads.blocks(upload.id());
        for (Uploads.Block block : finished) {
            blocks.addObject()
                    .put("BlockID", block.number())
                    .put("RecordCount", block.rows())
                    .put("Size", block.bytes())
                    .put("Date", block.finishedAt().toString());
        }
        return node;
    }

    private void refuseOften() {
        if (faults.strikes(Fault.Kind.TOO_MANY_REQUESTS)) {
            throw new RefusedException(429, "FlowExceeded", "Your flow quota is exceeded, on purpose");
        }
    }

    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
