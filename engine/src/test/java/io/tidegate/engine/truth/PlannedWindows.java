package io.tidegate.engine.truth;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.kafka.BrokerQuestions;
import io.tidegate.engine.kafka.BrokerQuestions.Answered;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.kafka.PartitionReader;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.plan.Lateness;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.plan.OffsetPlanner;
import io.tidegate.engine.plan.PlanRefused;
import io.tidegate.engine.plan.PlannedRead;
import io.tidegate.engine.plan.ReadRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Plans windows against a real broker and reads what was planned by the engine's reader, without a table: for the many
 * windows that would take too long to copy. The filter by time is the one line that stands here for the copy's own.
 */
final class PlannedWindows {
    private final KafkaAccess access;
    private final String topic;
    private final Instant now;
    private final Lateness lateness;
    private final Map<Span, PlannedRead> plans = new TreeMap<>(Comparator.comparing(Span::start));

    PlannedWindows(TopicGenerator topic, Instant now, boolean readCommitted, Lateness lateness) {
        this.access = KafkaAccess.of(
                new DataSourceConnection.Kafka(topic.bootstrapServers(), Map.of()),
                Map.of(),
                "truth",
                readCommitted,
                1);
        this.topic = topic.topic();
        this.now = now;
        this.lateness = lateness;
    }

    PlannedWindows(TopicGenerator topic, Instant now) {
        this(topic, now, false, Lateness.DEFAULT);
    }

    PlannedRead plan(Span window) throws EngineFailure, PlanRefused {
        ReadRange range = ReadRange.window(window.start(), window.end(), lateness);
        Answered answered = new BrokerQuestions(InstantSource.fixed(now)).ask(access, topic, null, range);
        PlannedRead planned = OffsetPlanner.plan(range, answered.answers());
        plans.put(window, planned);
        return planned;
    }

    /** Plans the window, reads every planned offset, and keeps the records of the window. */
    List<Stood> read(Span window) throws EngineFailure, PlanRefused {
        List<Stood> records = new ArrayList<>();
        for (PartitionRange range : plan(window).plan().partitions()) {
            try (PartitionReader reader =
                    PartitionReader.open(access, topic, range.partition(), range.begin(), range.end())) {
                while (!reader.atEnd()) {
                    for (SourceRecord record : reader.poll()) {
                        records.add(stood(record));
                    }
                }
            }
        }
        return records.stream().filter(s -> s.in(window)).toList();
    }

    /** Plans the window, and picks out of the whole log what a copy of those offsets holds. */
    List<Stood> pick(Span window, List<Stood> log) throws EngineFailure, PlanRefused {
        OffsetPlan plan = plan(window).plan();
        return log.stream().filter(s -> s.in(window) && covers(plan, s)).toList();
    }

    private static boolean covers(OffsetPlan plan, Stood stood) {
        return plan.partitions().stream()
                .anyMatch(p ->
                        p.partition() == stood.partition() && p.begin() <= stood.offset() && stood.offset() < p.end());
    }

    private static Stood stood(SourceRecord record) {
        byte[] value = record.value();
        return new Stood(
                record.partition(),
                record.offset(),
                record.timestamp(),
                value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }

    /** The windows planned so far that read this record and pass it over because it is older: where it is counted. */
    List<Span> countedBeforeIn(Stood stood) {
        return plans.entrySet().stream()
                .filter(p -> stood.timestamp() < p.getKey().start().toEpochMilli()
                        && covers(p.getValue().plan(), stood))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Everything that was said about the plans so far. */
    List<String> notes() {
        return plans.values().stream().flatMap(p -> p.notes().stream()).toList();
    }

    /** The newest plan of a window. */
    PlannedRead planned(Span window) {
        return Objects.requireNonNull(plans.get(window));
    }

    /** How far past a window's end the plans read. */
    Duration allowed() {
        Duration duration = lateness.duration();
        return duration == null ? Duration.ofDays(100_000) : duration;
    }
}
