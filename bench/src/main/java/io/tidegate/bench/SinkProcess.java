package io.tidegate.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A Tunnel that throws rows away, in a JVM of its own: one table without partitions, upload sessions, blocks that are
 * counted and discarded. It does no work that would hold the writers back.
 */
final class SinkProcess {
    private static final int BUFFER_BYTES = 64 << 10;

    private final AtomicInteger sessions = new AtomicInteger();
    private final Map<String, Session> open = new ConcurrentHashMap<>();
    private final String columns;

    private SinkProcess(String columns) {
        this.columns = columns;
    }

    /** What a session holds: the size of each block. */
    private static final class Session {
        final Map<Long, Long> blocks = new ConcurrentSkipListMap<>();
        volatile String status = "normal";
    }

    /**
     * @param arguments the columns as the service describes them: a JSON array
     */
    public static void main(String[] arguments) throws Exception {
        SinkProcess sink = new SinkProcess(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", sink::answer);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "sink");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        Child.serve("127.0.0.1:" + server.getAddress().getPort());
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            if (method.equals("PUT") && query.containsKey("blockid")) {
                long bytes = drain(exchange.getRequestBody());
                session(query).blocks.put(Long.valueOf(query.get("blockid")), bytes);
                send(exchange, 200, "{}");
            } else if (query.containsKey("uploads")) {
                String id = "session" + sessions.incrementAndGet();
                open.put(id, new Session());
                send(exchange, 201, describe(id));
            } else if (query.containsKey("uploadid")) {
                if (method.equals("POST")) {
                    session(query).status = "closed";
                }
                send(exchange, 200, describe(query.get("uploadid")));
            } else if (path.contains("/tables/")) {
                send(exchange, 200, table());
            } else {
                send(exchange, 200, PROJECT);
            }
        }
    }

    private static final String PROJECT = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Project><Name>bench</Name><Type>managed</Type><State>AVAILABLE</State><Properties><Property>\
        <Name>odps.schema.model.enabled</Name><Value>false</Value></Property></Properties></Project>\
        """;

    private String table() {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Table><Name>bench</Name><TableId>1</TableId><Project>bench</Project><Owner>bench</Owner><Comment></Comment>\
            <Type>MANAGED_TABLE</Type><Schema format="Json"><![CDATA[{"columns":%s,"partitionKeys":[],"tableName":"bench",\
            "createTime":1,"lastDDLTime":1,"lastModifiedTime":1,"lastAccessTime":0,"lifecycle":-1,"isVirtualView":false,\
            "isExternal":false,"size":0,"recordNum":0,"PhysicalSize":0,"IsArchived":false,\
            "Reserved":"{\\"schema_version\\":\\"1\\"}"}]]></Schema></Table>\
            """.formatted(columns);
    }

    private Session session(Map<String, String> query) {
        return open.computeIfAbsent(String.valueOf(query.get("uploadid")), id -> new Session());
    }

    private String describe(String id) {
        Session session = open.computeIfAbsent(id, unknown -> new Session());
        String blocks = session.blocks.entrySet().stream()
                .map(b -> "{\"BlockID\":%d,\"RecordCount\":0,\"Size\":%d,\"Date\":\"2026-01-01T00:00:00Z\"}"
                        .formatted(b.getKey(), b.getValue()))
                .collect(Collectors.joining(","));
        return "{\"UploadID\":\"%s\",\"Status\":\"%s\",\"MaxFieldSize\":8388608,\"Schema\":{\"columns\":%s,\"partitionKeys\":[]},\"UploadedBlockList\":[%s]}"
                .formatted(id, session.status, columns, blocks);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return query;
    }

    private static long drain(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
        }
        return bytes;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        drain(exchange.getRequestBody());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-odps-request-id", "bench");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
