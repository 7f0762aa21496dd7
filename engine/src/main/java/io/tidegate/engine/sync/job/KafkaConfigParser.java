package io.tidegate.engine.sync.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code kafkaConfig} and the parameters that stand for single consumer properties. */
final class KafkaConfigParser {
    private final Map<String, String> properties = new TreeMap<>();
    private final @Nullable String groupId;
    private final String path;
    private final Problems problems;

    KafkaConfigParser(ObjectFields reader, Problems problems) {
        this.problems = problems;
        this.path = reader.pathOf("kafkaConfig");
        JsonNode config = reader.node("kafkaConfig");
        if (!config.isMissingNode() && !config.isObject()) {
            problems.add(path, "must be an object of consumer properties, as {\"fetch.min.bytes\":\"1\"}.");
        }
        config.properties().forEach(property -> take(property.getKey(), property.getValue()));
        String group = properties.remove("group.id");
        this.groupId = reader.text("groupId") == null ? group : reader.text("groupId");
        takeNumber(reader, "fetchMinBytes", "fetch.min.bytes");
        takeNumber(reader, "fetchMaxWaitMs", "fetch.max.wait.ms");
    }

    @Nullable String groupId() {
        return groupId;
    }

    Map<String, String> properties() {
        return properties;
    }

    private void takeNumber(ObjectFields reader, String parameter, String property) {
        Long number = reader.number(parameter, 0, Integer.MAX_VALUE);
        if (number != null) {
            properties.put(property, number.toString());
        }
    }

    private void take(String name, JsonNode value) {
        String at = path + "/" + name.replace("~", "~0").replace("/", "~1");
        if (!value.isValueNode() || value.isNull()) {
            problems.add(at, "must be text, a number, true or false.");
            return;
        }
        String text = value.asText();
        String refusal = refusal(name, text);
        if (refusal != null) {
            problems.add(at, refusal);
            return;
        }
        properties.put(name, text);
    }

    private static @Nullable String refusal(String name, String value) {
        String harmless = value.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "enable.auto.commit" ->
                harmless.equals("false") ? null : "must be false: offsets are kept with the instance, not in Kafka.";
            case "auto.offset.reset" ->
                harmless.equals("none")
                        ? null
                        : "must be none: with another value Kafka would silently skip or repeat records.";
            case "isolation.level" -> "is not taken here. Write the reader parameter isolationLevel.";
            case "bootstrap.servers" -> "is not taken here. It belongs to the data source.";
            case "auto.commit.interval.ms" -> "has no effect: nothing is committed to Kafka. Remove it.";
            case "key.deserializer", "value.deserializer" -> "is not taken here. Write keyType and valueType.";
            case "allow.auto.create.topics", "group.instance.id", "partition.assignment.strategy" ->
                "is not taken: a copy reads the partitions of its plan and joins no group. Remove it.";
            default -> loadsCode(name) ? "is not taken: it would load code into the server." : null;
        };
    }

    /** Such properties load classes or read files of the server. */
    private static boolean loadsCode(String name) {
        return name.startsWith("config.providers")
                || name.endsWith(".class")
                || name.endsWith(".classes")
                || name.endsWith(".reporters");
    }
}
