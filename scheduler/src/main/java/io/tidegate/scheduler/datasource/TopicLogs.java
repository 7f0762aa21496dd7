package io.tidegate.scheduler.datasource;

import io.tidegate.engine.plan.KeptRecords;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;

/** Looks at what topics still hold. */
@FunctionalInterface
public interface TopicLogs {
    /**
     * Blocks for as long as the cluster takes, within the implementation's own limit.
     *
     * @param source where the cluster's address stands
     * @throws CatalogException when the cluster is not reached or refuses, or has no such topic
     * @throws io.tidegate.scheduler.NotFoundException when there is no such data source
     * @throws SecretUnreadableException when its secrets were stored under another key
     */
    KeptRecords kept(WorkspaceId workspace, Environment environment, KafkaSource source, String topic);
}
