package io.tidegate.scheduler.datasource;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.workspace.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said about one side of a data source without calling anybody. Never repeats a value that may be secret. */
final class SideChecks {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:,\\[\\]]+):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;
    /** Set by the reader itself; another value would break the promise that each record arrives exactly once. */
    private static final Set<String> RESERVED_PROPERTIES = Set.of(
            "bootstrap.servers", "enable.auto.commit", "auto.offset.reset", "key.deserializer", "value.deserializer");

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
            String name = property.getKey();
            if (RESERVED_PROPERTIES.contains(name)) {
                findings.add(Finding.error(
                        at + "/properties/" + name,
                        "The property " + name + " is set by the reader itself.",
                        "Remove it here."));
            } else if (property.getValue() == null && !stored.secrets().containsKey("property." + name)) {
                findings.add(Finding.error(
                        at + "/properties/" + name,
                        "The property " + name + " has no value.",
                        "Give it one; a secret must be entered again when the brokers' address changes."));
            }
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
