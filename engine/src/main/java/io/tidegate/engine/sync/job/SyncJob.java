package io.tidegate.engine.sync.job;

import java.util.List;

/**
 * What a script-mode document says, checked: copy one range of a Kafka topic into one partition of a MaxCompute table.
 *
 * @param notes one sentence for each setting that was accepted but does not do what one might think
 */
public record SyncJob(KafkaReader reader, MaxComputeWriter writer, JobSettings settings, List<String> notes) {
    public SyncJob {
        notes = List.copyOf(notes);
    }
}
