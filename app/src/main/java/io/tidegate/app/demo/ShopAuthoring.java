package io.tidegate.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sandbox.Sandbox;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * Authors a workspace with one hourly node through the API, step by step as a user would: workspace, data sources, table, workflow, node, commit,
 * deploy, backfill. Every step looks first whether it has been done, so that a second start goes on where the first one ended.
 */
public final class ShopAuthoring {
    private static final String DEV_PROJECT = "tidegate_dev";
    private static final String KAFKA = "kafka_shop";
    private static final String MAXCOMPUTE = "maxcompute_shop";
    private static final String WORKFLOW = "shop";
    private static final String NODE = "orders_hourly";
    private static final List<String> READER_COLUMNS = List.of(
            "__key__",
            "__value__",
            "__partition__",
            "__headers__",
            "__offset__",
            "__timestamp__",
            "order_id",
            "ordered_at",
            "customer.id",
            "customer.city",
            "amount",
            "coupon",
            "items[0].product",
            "items[0].quantity",
            "['trace.id']");

    private final ApiClient api;
    private final Sandbox sandbox;
    private final String workspace;
    private final String topic;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param topic of the sandbox's Kafka; the table gets the same name
     */
    public ShopAuthoring(ApiClient api, Sandbox sandbox, String workspace, String topic) {
        this.api = api;
        this.sandbox = sandbox;
        this.workspace = workspace;
        this.topic = topic;
    }

    /** Makes what is missing up to the deployed node, and returns the node's id. */
    public long deployedNode(ZoneId zone) {
        makeWorkspace(zone);
        makeDataSources();
        makeTables();
        long node = makeNode();
        if (api.get("nodes/" + node).path("deployedVersion").isNull()) {
            author(node);
            deploy(node);
        }
        return node;
    }

    private void makeWorkspace(ZoneId zone) {
        if (api.find("workspaces/" + workspace).isEmpty()) {
            api.post(
                    "workspaces",
                    json.createObjectNode()
                            .put("name", workspace)
                            .put("mode", "STANDARD")
                            .put("timeZone", zone.getId()));
        }
    }

    private void makeDataSources() {
        sandbox.maxCompute().createProject(DEV_PROJECT);
        if (api.find(path("data-sources/" + KAFKA)).isEmpty()) {
            ObjectNode request = json.createObjectNode().put("name", KAFKA).put("type", "KAFKA");
            ObjectNode sides = request.putObject("sides");
            for (String environment : List.of("DEV", "PROD")) {
                sides.putObject(environment)
                        .put("bootstrapServers", sandbox.kafka().bootstrapServers())
                        .putObject("properties");
            }
            api.post(path("data-sources"), request);
        }
        if (api.find(path("data-sources/" + MAXCOMPUTE)).isEmpty()) {
            ObjectNode request = json.createObjectNode().put("name", MAXCOMPUTE).put("type", "MAXCOMPUTE");
            ObjectNode sides = request.putObject("sides");
            for (String environment : List.of("DEV", "PROD")) {
                sides.putObject(environment)
                        .put("endpoint", sandbox.maxCompute().endpoint())
                        .put(
                                "project",
                                environment.equals("DEV")
                                        ? DEV_PROJECT
                                        : sandbox.maxCompute().project())
                        .put("accessId", sandbox.maxCompute().accessId())
                        .put("accessKey", sandbox.maxCompute().accessKey());
            }
            api.post(path("data-sources"), request);
        }
    }

    private void makeTables() {
        ObjectNode request = json.createObjectNode().put("topic", topic);
        ArrayNode columns = request.putArray("columns");
        READER_COLUMNS.forEach(columns::add);
        String ddl = api.post(path("data-sources/" + MAXCOMPUTE + "/table-schema"), request)
                .path("ddl")
                .asText();
        for (String environment : List.of("DEV", "PROD")) {
            if (api.find(path("data-sources/%s/tables/%s?environment=%s".formatted(MAXCOMPUTE, topic, environment)))
                    .isEmpty()) {
                api.post(
                        path("data-sources/" + MAXCOMPUTE + "/tables"),
                        json.createObjectNode().put("environment", environment).put("ddl", ddl));
            }
        }
    }

    private long makeNode() {
        if (!contains(api.get(path("workflows")), WORKFLOW)) {
            api.post(
                    path("workflows"),
                    json.createObjectNode().put("name", WORKFLOW).put("description", "Orders of the shop"));
        }
        for (JsonNode node : api.get(path("nodes")).path("items")) {
            if (node.path("name").asText().equals(NODE)) {
                return node.path("id").asLong();
            }
        }
        return api.post(
                        path("nodes"),
                        json.createObjectNode()
                                .put("workflow", WORKFLOW)
                                .put("name", NODE)
                                .put("type", "BATCH_SYNC"))
                .path("id")
                .asLong();
    }

    private static boolean contains(JsonNode page, String name) {
        for (JsonNode item : page.path("items")) {
            if (item.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The hourly row of the source page: window, partition and schedule; root node; three reruns two minutes apart. */
    private void author(long node) {
        ApiClient.Tagged draft = api.getTagged("nodes/" + node + "/draft");
        ObjectNode document = (ObjectNode) draft.body();
        document.put("code", code().toPrettyString());
        ObjectNode schedule = (ObjectNode) document.path("schedule");
        schedule.putObject("cycle")
                .put("type", "HOUR")
                .put("startFrom", "00:15")
                .put("interval", 1)
                .put("endAt", "23:59");
        ArrayNode parameters = document.putArray("parameters");
        parameters.addObject().put("name", "startTime").put("expression", "$[yyyymmddhh24-1/24]0000");
        parameters.addObject().put("name", "endTime").put("expression", "$[yyyymmddhh24]0000");
        parameters.addObject().put("name", "partition").put("expression", "$[yyyymmddhh24]");
        document.putArray("dependencies")
                .addObject()
                .put("output", workspace + "." + workspace + "_root")
                .put("kind", "SAME_CYCLE");
        document.putObject("rerun")
                .put("property", "ALLOWED")
                .put("autoRerun", true)
                .put("count", 3)
                .put("intervalMinutes", 2);
        api.put("nodes/" + node + "/draft", document, draft.etag());
        api.post("nodes/" + node + "/commit", json.createObjectNode().put("note", "Copy the orders of each hour"));
    }

    private ObjectNode code() {
        ObjectNode code = json.createObjectNode().put("type", "job").put("version", "2.0");
        ArrayNode steps = code.putArray("steps");
        ObjectNode reader = steps.addObject()
                .put("stepType", "kafka")
                .put("name", "Reader")
                .put("category", "reader")
                .putObject("parameter");
        reader.put("datasource", KAFKA)
                .put("topic", topic)
                .put("keyType", "string")
                .put("valueType", "string")
                .put("encoding", "UTF-8")
                .put("beginType", "specific")
                .put("beginDateTime", "${startTime}")
                .put("endType", "specific")
                .put("endDateTime", "${endTime}")
                .put("stopWhenPollEmpty", "false");
        ArrayNode columns = reader.putArray("column");
        READER_COLUMNS.forEach(columns::add);
        ObjectNode writer = steps.addObject()
                .put("stepType", "odps")
                .put("name", "Writer")
                .put("category", "writer")
                .putObject("parameter");
        writer.put("datasource", MAXCOMPUTE)
                .put("table", topic)
                .put("partition", "ds=${partition}")
                .put("truncate", true);
        ArrayNode destinations = writer.putArray("column");
        api.get(path("data-sources/%s/tables/%s?environment=DEV".formatted(MAXCOMPUTE, topic)))
                .path("columns")
                .forEach(c -> destinations.add(c.path("name").asText()));
        code.putObject("order")
                .putArray("hops")
                .addObject()
                .put("from", "Reader")
                .put("to", "Writer");
        ObjectNode setting = code.putObject("setting");
        setting.putObject("errorLimit").put("record", "100");
        setting.putObject("speed").put("concurrent", 3).put("throttle", false);
        return code;
    }

    private void deploy(long node) {
        int version = api.get("nodes/" + node).path("committedVersion").asInt();
        ObjectNode request = json.createObjectNode().put("note", "First deployment");
        request.putArray("nodes").addObject().put("nodeId", node).put("version", version);
        api.post(path("deployments"), request);
    }

    /** Runs the node for every scheduled time from {@code from} to {@code to}, unless a backfill did so before. */
    public void backfillOnce(long node, LocalDateTime from, LocalDateTime to) {
        if (!api.get(path("backfills")).path("items").isEmpty()) {
            return;
        }
        ObjectNode request = json.createObjectNode()
                .put("name", "The last hours before the first deployment")
                .put("from", from.toString())
                .put("to", to.toString());
        request.putArray("nodeIds").add(node);
        api.post(path("backfills"), request);
    }

    public String path(String rest) {
        return "workspaces/" + workspace + "/" + rest;
    }
}
