package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.plan.BrokerAnswers.Lookup;
import io.tidegate.engine.plan.BrokerAnswers.Retention;
import io.tidegate.engine.plan.KeptRecords;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import io.tidegate.scheduler.datasource.CatalogException;
import io.tidegate.scheduler.datasource.TopicLogs;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics that hold everything, but for what a test says. */
final class FakeTopicLogs implements TopicLogs {
    final List<String> asked = new ArrayList<>();
    private final InstantSource clock;
    private final Map<String, Instant> oldest = new HashMap<>();
    private boolean away;

    FakeTopicLogs(InstantSource clock) {
        this.clock = clock;
    }

    /** What was before this time was deleted: the topic keeps records for seven days. */
    void begins(String topic, Instant at) {
        oldest.put(topic, at);
    }

    void goAway() {
        away = true;
    }

    @Override
    public KeptRecords kept(WorkspaceId workspace, Environment environment, KafkaSource source, String topic) {
        asked.add(environment + " " + ((KafkaSource.Named) source).dataSource() + " " + topic);
        if (away) {
            throw new CatalogException("No answer.", null);
        }
        Instant first = oldest.get(topic);
        return new KeptRecords(
                topic,
                clock.instant(),
                new Retention(true, Duration.ofDays(7), false),
                List.of(
                        first == null
                                ? new KeptRecords.Partition(0, 0, 100, new Lookup(0, 0))
                                : new KeptRecords.Partition(0, 50, 100, new Lookup(50, first.toEpochMilli()))));
    }
}
