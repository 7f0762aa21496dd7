package io.tidegate.sandbox.maxcompute.tunnel;

import com.aliyun.odps.commons.proto.ProtobufRecordStreamReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sandbox.maxcompute.rest.HttpCall;
import io.tidegate.sandbox.maxcompute.rest.SchemaJson;
import io.tidegate.sandbox.maxcompute.storage.Catalog;
import io.tidegate.sandbox.maxcompute.storage.PartitionName;
import io.tidegate.sandbox.maxcompute.storage.Partitions;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import io.tidegate.sandbox.maxcompute.storage.Uploads;
import io.tidegate.sandbox.maxcompute.storage.Uploads.Upload;
import java.io.IOException;
import java.sql.SQLException;

/** Stream sessions: each flush is visible at once. There is one slot, here, and nothing to keep of a session. */
public final class StreamRoutes {
    private static final String SLOT = "0";

    private final Catalog catalog;
    private final Partitions partitions;
    private final Uploads uploads;

    public StreamRoutes(Catalog catalog, Partitions partitions, Uploads uploads) {
        this.catalog = catalog;
        this.partitions = partitions;
        this.uploads = uploads;
    }

    /** Opens or reloads a session. */
    public void describe(HttpCall call) throws IOException, SQLException {
        TableDefinition table = catalog.table(call.segment(1), call.segment(3));
        PartitionName partition = partition(call, table);
        if (table.partitioned()) {
            if (call.has("create_partition")) {
                partitions.add(table, partition);
            } else if (partitions.find(table, partition).isEmpty()) {
                throw RefusedException.noSuchPartition(partition.text());
            }
        }
        ObjectNode schema = SchemaJson.schema(table.columns(), table.partitionKeys());
        ObjectNode node = schema.objectNode();
        node.put("session_name", "stream" + table.id());
        node.put("status", "normal");
        node.put("schema_version", Long.toString(table.changedAt().toEpochMilli()));
        node.set("schema", schema);
        node.putArray("slots").addArray().add(SLOT).add(server(call));
        call.json(call.method().equals("POST") ? 201 : 200, node.toString());
    }

    /** One flush: an upload of one block, committed. */
    public void flush(HttpCall call) throws IOException, SQLException {
        TableDefinition table = catalog.table(call.segment(1), call.segment(3));
        Upload upload = uploads.open(table, partition(call, table), false);
        CountingStream body = new CountingStream(call.body());
        var records = new ProtobufRecordStreamReader(
                table.dataSchema(),
                body,
                Compression.of(call.header("Content-Encoding").orElse("")));
        uploads.writeBlock(table, upload, 0, records, body::count);
        uploads.commit(table, upload.id());
        // In lower case: the SDK looks for these names as they are written here.
        call.setHeader("odps-tunnel-routed-server", server(call));
        call.setHeader("odps-tunnel-slot-num", "1");
        call.json(200, "{}");
    }

    private static PartitionName partition(HttpCall call, TableDefinition table) {
        return call.parameter("partition").isEmpty() && !table.partitioned()
                ? PartitionName.NONE
                : PartitionName.parse(call.parameter("partition"), table);
    }

    private static String server(HttpCall call) {
        return call.header("Host").orElse("127.0.0.1");
    }
}
