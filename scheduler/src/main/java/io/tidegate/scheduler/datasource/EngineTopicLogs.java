package io.tidegate.scheduler.datasource;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.kafka.TopicLog;
import io.tidegate.engine.plan.KeptRecords;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.InstantSource;

/** Looks through the engine's own client, as a copy would. */
public final class EngineTopicLogs implements TopicLogs {
    private final DataSources dataSources;
    private final InstantSource clock;

    public EngineTopicLogs(DataSources dataSources, InstantSource clock) {
        this.dataSources = dataSources;
        this.clock = clock;
    }

    @Override
    public KeptRecords kept(WorkspaceId workspace, Environment environment, KafkaSource source, String topic) {
        try {
            return TopicLog.kept(cluster(workspace, environment, source), topic, clock.instant());
        } catch (EngineFailure e) {
            throw new CatalogException(e.userMessage(), e);
        }
    }

    private DataSourceConnection.Kafka cluster(WorkspaceId workspace, Environment environment, KafkaSource source) {
        if (source instanceof KafkaSource.Server server) {
            return new DataSourceConnection.Kafka(server.bootstrapServers(), server.properties());
        }
        String name = ((KafkaSource.Named) source).dataSource();
        if (dataSources.connection(workspace, name, environment) instanceof DataSourceConnection.Kafka kafka) {
            return kafka;
        }
        throw new CatalogException("The data source " + name + " is no Kafka cluster.", null);
    }
}
