package io.tidegate.engine.kafka;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says in the user's words what the Kafka client complains about. */
final class KafkaErrors {
    private KafkaErrors() {}

    static EngineFailure failure(Throwable error, DataSourceConnection.Kafka cluster) {
        String where = "the Kafka cluster at " + cluster.bootstrapServers();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException) {
                return EngineFailure.lasting(
                        FailureKind.CONNECTION,
                        "Login refused by %s: %s Check user, password and certificates of the data source."
                                .formatted(where, sentence(cause)),
                        error);
            }
            if (cause instanceof GroupAuthorizationException) {
                return EngineFailure.lasting(
                        FailureKind.CONNECTION,
                        "Not permitted by %s: %s Ask for the right to read with this consumer group."
                                .formatted(where, sentence(cause)),
                        error);
            }
            if (cause instanceof AuthorizationException) {
                return EngineFailure.lasting(
                        FailureKind.CONNECTION,
                        "Not permitted by %s: %s Ask for the right to read and describe the topic."
                                .formatted(where, sentence(cause)),
                        error);
            }
            if (cause instanceof OffsetOutOfRangeException expired) {
                return EngineFailure.lasting(
                        FailureKind.DATA_EXPIRED,
                        "Records were deleted while they were being read: offsets %s are no longer there."
                                .formatted(expired.offsetOutOfRangePartitions()),
                        error);
            }
            if (cause instanceof UnknownTopicOrPartitionException) {
                return EngineFailure.lasting(
                        FailureKind.MISSING_OBJECT, "Not in %s: %s".formatted(where, sentence(cause)), error);
            }
            if (cause instanceof ConfigException
                    && !String.valueOf(cause.getMessage()).contains("bootstrap")) {
                return EngineFailure.lasting(
                        FailureKind.CONNECTION, "The Kafka settings are not accepted: " + sentence(cause), error);
            }
            if (cause instanceof UnsupportedVersionException) {
                return EngineFailure.lasting(
                        FailureKind.CONNECTION,
                        "%s is too old for what is asked of it: %s".formatted(capital(where), sentence(cause)),
                        error);
            }
            if (cause instanceof TimeoutException) {
                return EngineFailure.passing(
                        FailureKind.CONNECTION,
                        "No answer from %s: %s Check that it runs and that every broker can be reached from here."
                                .formatted(where, sentence(cause)),
                        error);
            }
        }
        return EngineFailure.passing(
                FailureKind.CONNECTION, "%s failed: %s".formatted(capital(where), deepest(error)), error);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String sentence(Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }

    private static String deepest(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return sentence(cause);
    }
}
