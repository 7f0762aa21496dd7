package io.tidegate.scheduler.datasource;

import io.tidegate.engine.DataSourceConnection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One side of a data source, parted into what may be read in the database and what is encrypted there. Which is which is
 * decided here and nowhere else.
 *
 * @param config field to value; for Kafka {@code bootstrapServers} and {@code property.<name>}
 * @param secrets field to value, by the same names
 */
record StoredSide(Map<String, String> config, Map<String, String> secrets) {
    static final StoredSide NOTHING = new StoredSide(Map.of(), Map.of());

    private static final String BOOTSTRAP_SERVERS = "bootstrapServers";
    private static final String PROPERTY = "property.";
    private static final String ENDPOINT = "endpoint";
    private static final String PROJECT = "project";
    private static final String ACCESS_ID = "accessId";
    private static final String ACCESS_KEY = "accessKey";
    private static final String TUNNEL_ENDPOINT = "tunnelEndpoint";
    private static final Set<String> ADDRESS = Set.of(BOOTSTRAP_SERVERS, ENDPOINT, TUNNEL_ENDPOINT);
    /** Keystores and keys may be given inline in PEM form: these are secrets too. */
    private static final Pattern SECRET_PROPERTY =
            Pattern.compile(".*(password|secret|credential|jaas|token|keystore\\.key|basic\\.auth\\.user\\.info).*");

    @Override
    public String toString() {
        return "StoredSide[" + config.keySet() + ", " + secrets.keySet() + "]";
    }

    static boolean isSecretProperty(String name) {
        return SECRET_PROPERTY.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * Parts the input. Secrets that it leaves null are taken from what is stored, unless the address differs: otherwise
     * whoever may edit a data source could have its secrets sent to a server of their own.
     *
     * @param stored the side as it is stored so far; empty maps when it is new
     */
    static StoredSide of(SideConfig side, StoredSide stored) {
        StoredSide fresh = of(side, Map.of());
        boolean sameAddress =
                ADDRESS.stream().allMatch(field -> Objects.equals(fresh.config.get(field), stored.config.get(field)));
        return sameAddress ? of(side, stored.secrets) : fresh;
    }

    private static StoredSide of(SideConfig side, Map<String, String> before) {
        if (side instanceof SideConfig.Kafka kafka) {
            return ofKafka(kafka, before);
        }
        return ofMaxCompute((SideConfig.MaxCompute) side, before);
    }

    private static StoredSide ofKafka(SideConfig.Kafka kafka, Map<String, String> before) {
        Map<String, String> config = new LinkedHashMap<>();
        Map<String, String> secrets = new LinkedHashMap<>();
        config.put(BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        kafka.properties().forEach((name, value) -> {
            String field = PROPERTY + name;
            if (isSecretProperty(name)) {
                putUnlessNull(secrets, field, value == null ? before.get(field) : value);
            } else {
                putUnlessNull(config, field, value);
            }
        });
        return new StoredSide(config, secrets);
    }

    private static StoredSide ofMaxCompute(SideConfig.MaxCompute project, Map<String, String> before) {
        Map<String, String> config = new LinkedHashMap<>();
        Map<String, String> secrets = new LinkedHashMap<>();
        config.put(ENDPOINT, project.endpoint());
        config.put(PROJECT, project.project());
        config.put(ACCESS_ID, project.accessId());
        putUnlessNull(config, TUNNEL_ENDPOINT, project.tunnelEndpoint());
        putUnlessNull(secrets, ACCESS_KEY, project.accessKey() == null ? before.get(ACCESS_KEY) : project.accessKey());
        return new StoredSide(config, secrets);
    }

    static SideView view(DataSourceType type, Map<String, String> config, Iterable<String> secretFields) {
        return switch (type) {
            case KAFKA -> {
                var secretProperties = new TreeSet<String>();
                secretFields.forEach(field -> secretProperties.add(field.substring(PROPERTY.length())));
                yield new SideView.Kafka(value(config, BOOTSTRAP_SERVERS), properties(config), secretProperties);
            }
            case MAXCOMPUTE ->
                new SideView.MaxCompute(
                        value(config, ENDPOINT),
                        value(config, PROJECT),
                        value(config, ACCESS_ID),
                        secretFields.iterator().hasNext(),
                        config.get(TUNNEL_ENDPOINT));
        };
    }

    DataSourceConnection connection(DataSourceType type) {
        return switch (type) {
            case KAFKA -> {
                Map<String, String> properties = new HashMap<>(properties(config));
                properties.putAll(properties(secrets));
                yield new DataSourceConnection.Kafka(value(config, BOOTSTRAP_SERVERS), properties);
            }
            case MAXCOMPUTE ->
                new DataSourceConnection.MaxCompute(
                        value(config, ENDPOINT),
                        value(config, PROJECT),
                        value(config, ACCESS_ID),
                        secrets.getOrDefault(ACCESS_KEY, ""),
                        config.get(TUNNEL_ENDPOINT));
        };
    }

    private static Map<String, String> properties(Map<String, String> fields) {
        Map<String, String> properties = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            if (field.startsWith(PROPERTY)) {
                properties.put(field.substring(PROPERTY.length()), value);
            }
        });
        return properties;
    }

    private static String value(Map<String, String> config, String field) {
        return config.getOrDefault(field, "");
    }

    private static void putUnlessNull(Map<String, String> map, String field, @Nullable String value) {
        if (value != null) {
            map.put(field, value);
        }
    }
}
