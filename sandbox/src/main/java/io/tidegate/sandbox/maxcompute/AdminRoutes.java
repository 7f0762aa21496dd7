package io.tidegate.sandbox.maxcompute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sandbox.maxcompute.rest.HttpCall;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import io.tidegate.sandbox.maxcompute.tunnel.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * {@code /admin/faults}: GET lists those that wait to strike and those that hold a request, DELETE clears and lets go, POST
 * sets one, as {@code {"kind":"FAIL_BLOCK","block":3,"times":2}} or {@code {"kind":"SLOW_BLOCK","milliseconds":200}}.
 */
final class AdminRoutes {
    private static final ObjectMapper json = new ObjectMapper();

    private final Faults faults;

    AdminRoutes(Faults faults) {
        this.faults = faults;
    }

    void handle(HttpCall call) throws IOException {
        switch (call.method()) {
            case "GET" -> list(call);
            case "DELETE" -> {
                faults.clear();
                list(call);
            }
            case "POST" -> set(call);
            default -> throw new RefusedException(405, "MethodNotAllowed", "GET, POST or DELETE");
        }
    }

    private void set(HttpCall call) throws IOException {
        // A web page cannot send this type without asking first, and is never answered yes.
        if (!call.header("Content-Type").orElse("").startsWith("application/json")) {
            throw new RefusedException(415, "UnsupportedMediaType", "send application/json");
        }
        try {
            JsonNode node = json.readTree(call.body());
            faults.set(new Fault(
                    Fault.Kind.valueOf(node.path("kind").asText()),
                    node.path("block").asLong(Faults.ANY_BLOCK),
                    Duration.ofMillis(node.path("milliseconds").asLong(0)),
                    node.path("times").asInt(1)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "InvalidParameter", String.valueOf(e.getMessage()));
        }
        list(call);
    }

    private void list(HttpCall call) throws IOException {
        ObjectNode lists = json.createObjectNode();
        lists.set("items", listed(faults.pending()));
        lists.set("held", listed(faults.held()));
        call.json(200, lists.toString());
    }

    private static ArrayNode listed(List<Fault> faults) {
        ArrayNode items = json.createArrayNode();
        for (Fault fault : faults) {
            items.addObject()
                    .put("kind", fault.kind().name())
                    .put("block", fault.block())
                    .put("milliseconds", fault.delay().toMillis())
                    .put("times", fault.times());
        }
        return items;
    }
}
