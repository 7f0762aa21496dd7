package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.maxcompute.TableDescription;
import io.tidegate.engine.maxcompute.TableDescription.PartitionKey;
import io.tidegate.engine.sync.job.MaxComputeWriter;
import io.tidegate.engine.sync.job.MaxComputeWriter.PartitionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the writer's partition against the keys of the table. */
final class DestinationPartition {
    private static final Set<String> WHOLE_NUMBERS = Set.of("TINYINT", "SMALLINT", "INT", "BIGINT");

    /** The service would turn 07 into 7, and so write to another partition than the one that is named. */
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    private DestinationPartition() {}

    /**
     * The partition down to its last level, in the order of the table's keys; null for a table without partitions.
     *
     * @throws EngineFailure BAD_DOCUMENT when the document names other keys than the table has
     */
    static @Nullable String of(MaxComputeWriter writer, TableDescription table) throws EngineFailure {
        List<String> keys =
                table.partitionKeys().stream().map(PartitionKey::name).toList();
        String named = writer.partition().stream().map(PartitionValue::key).collect(Collectors.joining(", "));
        if (keys.isEmpty() && writer.partition().isEmpty()) {
            return null;
        }
        if (keys.isEmpty()) {
            throw badDocument(
                    "Table %s has no partitions, but the writer names partition keys: %s. Remove the partition."
                            .formatted(table.name(), named));
        }
        if (writer.partition().size() != keys.size()) {
            throw badDocument("Table %s is partitioned by %s, but the writer names %s. Name every key, as %s."
                    .formatted(table.name(), String.join(", ", keys), named.isEmpty() ? "none" : named, example(keys)));
        }
        List<String> values = new ArrayList<>();
        for (PartitionKey key : table.partitionKeys()) {
            PartitionValue value = writer.partition().stream()
                    .filter(v -> v.key().equalsIgnoreCase(key.name()))
                    .findFirst()
                    .orElseThrow(() -> badDocument("Table %s is partitioned by %s, but the writer names %s."
                            .formatted(table.name(), String.join(", ", keys), named)));
            boolean number = WHOLE_NUMBERS.contains(key.type().toUpperCase(Locale.ROOT));
            if (number && !NUMBER.matcher(value.value()).matches()) {
                throw badDocument(
                        "The partition's value %s=%s of table %s must be a whole number without leading zeros: the key is of type %s."
                                .formatted(key.name(), value.value(), table.name(), key.type()));
            }
            values.add(key.name() + "=" + value.value());
        }
        return String.join(",", values);
    }

    private static String example(List<String> keys) {
        return keys.stream().map(key -> key + "=…").collect(Collectors.joining(","));
    }

    private static EngineFailure badDocument(String message) {
        return EngineFailure.lasting(FailureKind.BAD_DOCUMENT, message);
    }
}
