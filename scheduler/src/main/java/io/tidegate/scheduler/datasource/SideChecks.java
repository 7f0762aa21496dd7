package io.tidegate.scheduler.datasource;

import io.tidegate.engine.kafka.KafkaProperties;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.workspace.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said about one side of a data source without calling anybody. Never repeats a value that may be secret. */
final class SideChecks {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:,\\[\\]]+):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private SideChecks() {}

    static List<Finding> of(Environment environment, DataSourceType type, SideConfig side, StoredSide stored) {
        String at = "/sides/" + environment;
        List<Finding> findings = new ArrayList<>();
        if (side instanceof SideConfig.Kafka kafka && type == DataSourceType.KAFKA) {
            kafka(at, kafka, stored, findings);
        } else if (side instanceof SideConfig.MaxCompute project && type == DataSourceType.MAXCOMPUTE) {
            maxCompute(at, project, stored, findings);
        } else {
            findings.add(Finding.error(
                    at, "This side does not fit a data source of type " + type + ".", "Fill in the fields of " + type));
        }
        return findings;
    }

    private static void kafka(String at, SideConfig.Kafka kafka, StoredSide stored, List<Finding> findings) {
        for (String server : kafka.bootstrapServers().split(",", -1)) {
            var parts = HOST_AND_PORT.matcher(server.strip());
            if (!parts.matches() || Integer.parseInt(parts.group(2)) > HIGHEST_PORT) {
                findings.add(Finding.error(
                        at + "/bootstrapServers",
                        shown(server.strip()) + " is not a broker address.",
                        "Write host:port, several separated by commas, for example kafka-1:9092,kafka-2:9092."));
            }
        }
        for (Map.Entry<String, @Nullable String> property : kafka.properties().entrySet()) {
            property(at + "/properties/" + property.getKey(), property.getKey(), property.getValue(), stored, findings);
        }
        String protocol = kafka.properties().get("security.protocol");
        boolean login = protocol != null && protocol.toUpperCase(Locale.ROOT).startsWith("SASL_");
        if (login && !kafka.properties().containsKey("sasl.jaas.config")) {
            findings.add(
                    Finding.error(
                            at + "/properties/sasl.jaas.config",
                            "With " + protocol
                                    + " the property sasl.jaas.config is needed: it holds user and password.",
                            "Write org.apache.kafka.common.security.plain.PlainLoginModule required username=\"…\" password=\"…\"; (or scram.ScramLoginModule)."));
        }
    }

    /** The engine, which will use it, says what may be set. */
    private static void property(
            String at, String name, @Nullable String value, StoredSide stored, List<Finding> findings) {
        String kept = value == null ? stored.secrets().get("property." + name) : value;
        String refusal = KafkaProperties.refusal(name, kept, KafkaProperties.Place.DATA_SOURCE);
        if (refusal != null) {
            findings.add(Finding.error(at, "The property " + name + " " + refusal, "Correct it, or remove it."));
        } else if (kept == null) {
            findings.add(Finding.error(
                    at,
                    "The property " + name + " has no value.",
                    "Give it one; a secret must be entered again when the brokers' address changes."));
        }
    }

    private static void maxCompute(
            String at, SideConfig.MaxCompute project, StoredSide stored, List<Finding> findings) {
        if (!isHttpUrl(project.endpoint())) {
            findings.add(
                    Finding.error(
                            at + "/endpoint",
                            shown(project.endpoint()) + " is not an http or https URL.",
                            "Copy the endpoint of your region, for example https://service.eu-central-1.maxcompute.aliyun.com/api."));
        }
        String tunnel = project.tunnelEndpoint();
        if (tunnel != null && !isHttpUrl(tunnel)) {
            findings.add(Finding.error(
                    at + "/tunnelEndpoint",
                    shown(tunnel) + " is not an http or https URL.",
                    "Leave it empty: the service then tells the tunnel endpoint itself."));
        }
        if (project.project().isBlank()) {
            findings.add(Finding.error(at + "/project", "The project is missing.", "Name the MaxCompute project."));
        }
        if (project.accessId().isBlank()) {
            findings.add(Finding.error(at + "/accessId", "The access key's id is missing.", "Enter it."));
        }
        if (stored.secrets().getOrDefault("accessKey", "").isBlank()) {
            findings.add(Finding.error(
                    at + "/accessKey",
                    "The access key's secret is missing.",
                    "Enter it; with a new endpoint it must be entered again."));
        }
    }

    /** An address with a password in it is not repeated. */
    private static String shown(String address) {
        return address.contains("@") ? "An address with '@'" : "'" + address + "'";
    }

    private static boolean isHttpUrl(String text) {
        try {
            URI uri = new URI(text);
            // No user:password@ in the URL: it would be shown to everybody.
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
