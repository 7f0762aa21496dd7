package io.tidegate.web.datasource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.SideConfig;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.web.http.RequestBody;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sides of a data source as a request gives them. */
final class SideForm {
    private SideForm() {}

    /**
     * A value that may be a secret.
     *
     * @param text null to keep what is stored
     */
    record Value(@Nullable String text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Value of(JsonNode json) {
            if (json.isTextual()) {
                return new Value(json.textValue());
            }
            // What an answer shows for a secret may come back as it was shown.
            if (json.isObject() && json.size() == 1 && json.path("set").isBoolean()) {
                return new Value(null);
            }
            throw new IllegalArgumentException("A text is expected, or {\"set\":true} to keep what is stored");
        }

        @Override
        public String toString() {
            return "Value[hidden]";
        }
    }

    record Kafka(String bootstrapServers, @Nullable Map<String, Value> properties) {
        SideConfig config() {
            Map<String, @Nullable String> texts = new LinkedHashMap<>();
            if (properties != null) {
                properties.forEach((name, value) -> texts.put(name, value.text()));
            }
            return new SideConfig.Kafka(bootstrapServers, texts);
        }
    }

    record MaxCompute(
            String endpoint,
            String project,
            String accessId,
            @Nullable Value accessKey,
            @Nullable String tunnelEndpoint) {
        SideConfig config() {
            return new SideConfig.MaxCompute(
                    endpoint, project, accessId, accessKey == null ? null : accessKey.text(), tunnelEndpoint);
        }
    }

    static Map<Environment, SideConfig> read(RequestBody body, DataSourceType type, Map<Environment, JsonNode> sides) {
        Map<Environment, SideConfig> configs = new EnumMap<>(Environment.class);
        sides.forEach((environment, side) -> {
            String pointer = "/sides/" + environment;
            configs.put(
                    environment,
                    switch (type) {
                        case KAFKA -> body.read(side, Kafka.class, pointer).config();
                        case MAXCOMPUTE ->
                            body.read(side, MaxCompute.class, pointer).config();
                    });
        });
        return configs;
    }
}
