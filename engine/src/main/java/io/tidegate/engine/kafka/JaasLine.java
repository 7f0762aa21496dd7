package io.tidegate.engine.kafka;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.jspecify.annotations.Nullable;

/**
 * Looks at {@code sasl.jaas.config}. The line names a class to load: some of those that come with Java fetch code or
 * accounts from wherever they are told, so that only Kafka's own two for passwords are let in.
 */
final class JaasLine {
    private static final Set<String> MODULES =
            Set.of(PlainLoginModule.class.getName(), ScramLoginModule.class.getName());

    private JaasLine() {}

    /** Why the line is not taken, as the rest of a sentence; null when it is. Repeats nothing of it: it holds a password. */
    static @Nullable String refusal(String line) {
        String module;
        try {
            // Read by what will read it when it is used, so that nothing can mean one thing here and another there.
            module = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(line)))
                    .configurationEntries()
                    .get(0)
                    .getLoginModuleName();
        } catch (KafkaException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return "is not written as a login: %s required username=\"…\" password=\"…\";"
                    .formatted(PlainLoginModule.class.getName());
        }
        return MODULES.contains(module)
                ? null
                : "is not taken with this login module. Write %s (for PLAIN) or %s (for SCRAM)."
                        .formatted(PlainLoginModule.class.getName(), ScramLoginModule.class.getName());
    }
}
