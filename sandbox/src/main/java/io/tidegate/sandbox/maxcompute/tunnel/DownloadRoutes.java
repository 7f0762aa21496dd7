package io.tidegate.sandbox.maxcompute.tunnel;

import com.aliyun.odps.commons.proto.ProtobufRecordStreamWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sandbox.maxcompute.rest.HttpCall;
import io.tidegate.sandbox.maxcompute.rest.SchemaJson;
import io.tidegate.sandbox.maxcompute.storage.Catalog;
import io.tidegate.sandbox.maxcompute.storage.ColumnDefinition;
import io.tidegate.sandbox.maxcompute.storage.Names;
import io.tidegate.sandbox.maxcompute.storage.PartitionName;
import io.tidegate.sandbox.maxcompute.storage.Partitions;
import io.tidegate.sandbox.maxcompute.storage.Reading;
import io.tidegate.sandbox.maxcompute.storage.Reading.Snapshot;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances.SqlInstance;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Download sessions of tables and of results of instances: {@code POST ?downloads}, {@code GET ?downloadid[&data]}. A
 * session is kept in memory: a client that outlives the server opens another.
 */
public final class DownloadRoutes {
    private static final Pattern ROW_RANGE = Pattern.compile("\\((\\d+),(\\d+)\\)");
    private static final int SESSIONS_MAX = 1000;

    private final Catalog catalog;
    private final Partitions partitions;
    private final Reading reading;
    private final SqlInstances instances;
    private final Map<String, Session> sessions = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > SESSIONS_MAX;
        }
    });

    private record Session(Snapshot snapshot, List<ColumnDefinition> partitionKeys) {}

    public DownloadRoutes(Catalog catalog, Partitions partitions, Reading reading, SqlInstances instances) {
        this.catalog = catalog;
        this.partitions = partitions;
        this.reading = reading;
        this.instances = instances;
    }

    public void openTable(HttpCall call) throws IOException, SQLException {
        TableDefinition table = catalog.table(call.segment(1), call.segment(3));
        PartitionName partition = PartitionName.NONE;
        if (!call.parameter("partition").isEmpty()) {
            partition = PartitionName.parse(call.parameter("partition"), table);
            if (partitions.find(table, partition).isEmpty()) {
                throw RefusedException.noSuchPartition(partition.text());
            }
        } else if (table.partitioned()) {
            throw RefusedException.invalidPartition("A download of a partitioned table must name the partition");
        }
        open(call, new Session(reading.snapshot(table, partition), table.partitionKeys()));
    }

    public void openInstance(HttpCall call) throws IOException, SQLException {
        SqlInstance instance = instances
                .find(call.segment(1), call.segment(3))
                .orElseThrow(() -> new RefusedException(
                        404, "NoSuchInstance", "ODPS-0420061: Instance not found - " + call.segment(3)));
        if (instance.status() != SqlInstances.Status.SUCCESS || !instance.hasRows()) {
            throw new RefusedException(
                    400, "InstanceTypeNotSupported", "The instance has no rows to fetch: " + instance.status());
        }
        open(call, new Session(instance.snapshot(), List.of()));
    }

    private void open(HttpCall call, Session session) throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        sessions.put(id, session);
        call.json(200, described(id, session).toString());
    }

    /** The session, or with {@code data} its rows. */
    public void get(HttpCall call) throws IOException, SQLException {
        String id = call.parameter("downloadid");
        Session session = sessions.get(id);
        if (session == null) {
            throw new RefusedException(404, "NoSuchDownload", "The specified download id does not exist: " + id);
        }
        if (call.has("data")) {
            rows(call, session);
        } else {
            call.json(200, described(id, session).toString());
        }
    }

    private void rows(HttpCall call, Session session) throws IOException, SQLException {
        if (call.has("arrow")) {
            throw new RefusedException(400, "InvalidParameter", "Arrow is not served; read records");
        }
        Matcher range = ROW_RANGE.matcher(call.parameter("rowrange"));
        if (!range.matches()) {
            throw new RefusedException(400, "InvalidRowRange", "The row range must be like (0,100)");
        }
        List<ColumnDefinition> columns = columns(call, session);
        String encoding = call.header("Accept-Encoding").orElse("");
        var compression = Compression.of(encoding);
        try (var out = call.stream(encoding.isEmpty() || encoding.equals("identity") ? null : encoding)) {
            var writer = new ProtobufRecordStreamWriter(Reading.schema(columns), out, compression);
            reading.read(
                    session.snapshot(),
                    columns,
                    Long.parseLong(range.group(1)),
                    Long.parseLong(range.group(2)),
                    writer::write);
            writer.close();
        }
    }

    private static List<ColumnDefinition> columns(HttpCall call, Session session) {
        if (call.parameter("columns").isEmpty()) {
            return session.snapshot().columns();
        }
        List<ColumnDefinition> chosen = new ArrayList<>();
        for (String name : call.parameter("columns").split(",")) {
            chosen.add(Stream.concat(session.snapshot().columns().stream(), session.partitionKeys().stream())
                    .filter(column -> column.name().equals(Names.folded(name.strip())))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(400, "NoSuchColumn", "There is no column " + name)));
        }
        return chosen;
    }

    private static ObjectNode described(String id, Session session) {
        ObjectNode schema = SchemaJson.schema(session.snapshot().columns(), session.partitionKeys());
        ObjectNode node = schema.objectNode();
        node.put("DownloadID", id);
        node.put("Status", "normal");
        node.put("RecordCount", session.snapshot().rows());
        node.set("Schema", schema);
        return node;
    }
}
