package io.tidegate.engine.sync.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.engine.kafka.KafkaProperties;
import io.tidegate.engine.kafka.KafkaProperties.Place;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code kafkaConfig} and the parameters that stand for single consumer properties. Properties that are parameters of
 * the reader under another name are kept apart: what they ask for is done by the reader, not by Kafka's client.
 */
final class KafkaConfigParser {
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, String> login = new TreeMap<>();
    private final Map<String, String> ofTheReader = new TreeMap<>();
    private final ObjectFields reader;
    private final Place place;
    private final String path;
    private final Problems problems;

    /**
     * @param ownFiles whether the document may name files of this machine
     */
    KafkaConfigParser(ObjectFields reader, Problems problems, boolean ownFiles) {
        this.reader = reader;
        this.problems = problems;
        this.path = reader.pathOf("kafkaConfig");
        this.place =
                reader.text("server") == null ? Place.DOCUMENT : ownFiles ? Place.OWN_DOCUMENT : Place.SERVER_DOCUMENT;
        JsonNode config = config();
        config.properties().forEach(property -> take(property.getKey(), property.getValue()));
        takeNumber("fetchMinBytes", "fetch.min.bytes");
        takeNumber("fetchMaxWaitMs", "fetch.max.wait.ms");
        // The session timeout belongs to consumer groups that share partitions out.
        reader.number("sessionTimeoutMs", 1, Integer.MAX_VALUE);
        warnOfLogin();
    }

    private JsonNode config() {
        JsonNode config = reader.node("kafkaConfig");
        boolean empty =
                config.isMissingNode() || (config.isTextual() && config.asText().isBlank());
        if (!empty && !config.isObject()) {
            problems.add(path, "must be an object of consumer properties, as {\"fetch.min.bytes\":\"1\"}.");
        }
        return config;
    }

    /** The group, wherever it is named; null for none. */
    @Nullable String groupId() {
        String parameter = reader.text("groupId");
        String property = ofTheReader.get("group.id");
        if (parameter != null && property != null && !parameter.equals(property)) {
            problems.warn(
                    pathOf("group.id"),
                    "The property group.id has no effect, because groupId is %s.".formatted(parameter));
        }
        return parameter == null ? property : parameter;
    }

    /** How records are fetched. */
    Map<String, String> properties() {
        return properties;
    }

    /** How to connect and log in, where the document names the server itself. */
    Map<String, String> login() {
        return login;
    }

    /** What is said by a parameter of the reader, or by the consumer property of the same meaning. */
    String oneOf(String parameter, String property, String otherwise) {
        String said = reader.text(parameter);
        String inConfig = ofTheReader.get(property);
        if (said == null || inConfig == null || said.equalsIgnoreCase(inConfig)) {
            return said != null ? said : inConfig != null ? inConfig : otherwise;
        }
        problems.add(
                pathOf(property),
                "'%s' contradicts %s '%s'. Keep one of the two.".formatted(inConfig, parameter, said));
        return said;
    }

    /** A consumer property that is a parameter of the reader; null when it is not there. */
    @Nullable String ofTheReader(String property) {
        return ofTheReader.get(property);
    }

    String pathOf(String property) {
        return path + "/" + property.replace("~", "~0").replace("/", "~1");
    }

    private void takeNumber(String parameter, String property) {
        Long number = reader.number(parameter, 0, Integer.MAX_VALUE);
        if (number == null) {
            return;
        }
        String refusal = KafkaProperties.refusal(property, number.toString(), place);
        if (refusal == null) {
            properties.put(property, number.toString());
        } else {
            problems.add(reader.pathOf(parameter), refusal);
        }
    }

    private void take(String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (!value.isValueNode()) {
            problems.add(pathOf(name), "must be text, a number, true or false.");
            return;
        }
        String text = value.asText().strip();
        String refusal = KafkaProperties.refusal(name, problems.isPlaceholder(text) ? null : text, place);
        if (refusal != null) {
            problems.add(pathOf(name), refusal);
        } else if (KafkaProperties.ofTheReader(name)) {
            ofTheReader.put(name, text);
        } else if (KafkaProperties.withoutEffect(name)) {
            noteWithoutEffect(name, text);
        } else if (KafkaProperties.ofTheLogin(name)) {
            login.put(name, text);
        } else {
            properties.put(name, text);
        }
    }

    private void noteWithoutEffect(String name, String value) {
        if (name.equals("enable.auto.commit") && value.equalsIgnoreCase("true")) {
            problems.note(
                    "The property enable.auto.commit has no effect: nothing is committed while records are read. A group is moved on only after the rows are visible, and only where the reader begins at its offset.");
        } else if (!value.equalsIgnoreCase("false")) {
            problems.note("The property %s has no effect: a copy reads the partitions of its plan and joins no group."
                    .formatted(name));
        }
    }

    private void warnOfLogin() {
        for (String secret : new String[] {"sasl.jaas.config", "ssl.keystore.key", "ssl.key.password"}) {
            if (login.containsKey(secret)) {
                problems.warn(
                        pathOf(secret),
                        "A login stands in the code, where every member of the workspace can read it. Make a Kafka data source and name it instead.");
            }
        }
    }
}
