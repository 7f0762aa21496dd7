package io.tidegate.engine.kafka;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.plan.BrokerAnswers;
import io.tidegate.engine.plan.BrokerAnswers.EndLookup;
import io.tidegate.engine.plan.BrokerAnswers.Lookup;
import io.tidegate.engine.plan.BrokerAnswers.PartitionAnswer;
import io.tidegate.engine.plan.BrokerAnswers.Timestamps;
import io.tidegate.engine.plan.Lateness;
import io.tidegate.engine.plan.ReadRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Asks a broker all that a plan needs to know. */
public final class BrokerQuestions {
    /** Enough to see some hundred records of each partition. */
    private static final int PROBE_BYTES = 64 << 10;

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(30);

    private final InstantSource clock;

    public BrokerQuestions(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What the broker said.
     *
     * @param answers for the planner
     * @param access how the same brokers are to be read
     * @param notes one sentence each: in what that differs from what was asked, and why nothing is lost by it
     */
    public record Answered(BrokerAnswers answers, KafkaAccess access, List<String> notes) {
        public Answered {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Asks in the order that keeps a plan exact: the log's bounds, and only then the look-ups by time, all in the isolation
     * level of the read.
     *
     * @param only the only partition to ask about, or null for all
     * @param range null to ask for the bounds alone
     */
    public Answered ask(KafkaAccess access, String topic, @Nullable Integer only, @Nullable ReadRange range)
            throws EngineFailure {
        KafkaAccess probing = access.withFetchBytes(PROBE_BYTES);
        try {
            return new Answered(askOnce(probing, topic, only, range), access, List.of());
        } catch (UnsupportedVersionException tooOld) {
            // Brokers before 0.11 cannot look a topic up without creating it, so its existence is asked for first.
            try {
                KafkaAccess old = probing.withOldMetadata();
                refuseUnlessListed(old, topic);
                return new Answered(askOnce(old, topic, only, range), access.withOldMetadata(), notesOfOld(access));
            } catch (KafkaException e) {
                throw KafkaErrors.failure(e, access.cluster());
            }
        } catch (KafkaException e) {
            throw KafkaErrors.failure(e, access.cluster());
        }
    }

    private static List<String> notesOfOld(KafkaAccess access) {
        return access.readCommitted()
                ? List.of(
                        "These brokers are older than 0.11 and know no transactions: every record counts as committed.")
                : List.of();
    }

    private void refuseUnlessListed(KafkaAccess access, String topic) throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(access)) {
            if (!consumer.listTopics().containsKey(topic)) {
                throw missing(topic, access);
            }
        }
    }

    private BrokerAnswers askOnce(KafkaAccess access, String topic, @Nullable Integer only, @Nullable ReadRange range)
            throws EngineFailure {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(access)) {
            // First, since it fails where nobody answers: the questions that old brokers may leave unanswered wait as
            // well.
            List<TopicPartition> partitions = partitions(consumer, topic, only, access);
            TopicFacts facts = TopicFacts.ask(access, topic);
            // Before the log's bounds, so that a group that moves cannot seem to stand behind the log end.
            Map<TopicPartition, Long> committed = range == null || range.groupId() == null
                    ? Map.of()
                    : new GroupOffsets(access, range.groupId()).of(partitions);
            Instant askedAt = clock.instant();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> held = held(access, partitions, ends);
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
            Samples samples = new Samples(consumer, ends, PROBE_LIMIT);
            Instant windowStart = range == null ? null : range.windowStart();
            Map<TopicPartition, @Nullable OffsetAndTimestamp> atStart = lookUp(consumer, partitions, windowStart);
            Map<TopicPartition, @Nullable OffsetAndTimestamp> nearStart =
                    lookUp(consumer, partitions, nearStart(range));
            Map<TopicPartition, @Nullable OffsetAndTimestamp> atEnd =
                    lookUp(consumer, partitions, range == null ? null : range.endLookUp());
            Map<TopicPartition, Timestamps> timestamps = range == null || !range.byTime()
                    ? Map.of()
                    : timestamps(consumer, withoutAnswer(partitions, atStart, atEnd), starts, samples);
            Map<TopicPartition, Long> floors = windowStart == null
                    ? Map.of()
                    : floors(
                            new EmptyLookUps(access, consumer, samples),
                            partitions,
                            windowStart,
                            atStart,
                            starts,
                            ends);
            Map<TopicPartition, EndLookup> judged = range == null ? Map.of() : judged(range, samples, atEnd, askedAt);
            List<PartitionAnswer> answers = new ArrayList<>();
            for (TopicPartition p : partitions) {
                answers.add(new PartitionAnswer(
                        p.partition(),
                        known(starts, p),
                        known(ends, p),
                        lookup(atStart.get(p)),
                        floors.get(p),
                        lookup(nearStart.get(p)),
                        judged.get(p),
                        held.getOrDefault(p, 0L),
                        timestamps.getOrDefault(p, Timestamps.PRESENT),
                        committed.get(p)));
            }
            return new BrokerAnswers(topic, facts.topicId(), askedAt, facts.retention(), answers);
        }
    }

    private static long known(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new KafkaException("the broker gave no offset for " + partition);
        }
        return offset;
    }

    private static @Nullable Lookup lookup(@Nullable OffsetAndTimestamp found) {
        return found == null ? null : new Lookup(found.offset(), found.timestamp());
    }

    /** The window's start less as much as records may be out of order before nobody can say which of them were deleted. */
    private static @Nullable Instant nearStart(@Nullable ReadRange range) {
        Instant start = range == null ? null : range.windowStart();
        if (range == null || start == null) {
            return null;
        }
        Duration allowed = range.lateness().duration();
        return start.minus(allowed != null ? allowed : Objects.requireNonNull(Lateness.DEFAULT.duration()));
    }

    /** Whoever reads committed records alone sees the log end where the first open transaction begins. */
    private static Map<TopicPartition, Long> held(
            KafkaAccess access, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) throws EngineFailure {
        Map<TopicPartition, Long> held = new HashMap<>();
        if (access.readCommitted()) {
            try (KafkaConsumer<byte[], byte[]> all = KafkaClients.consumer(access.readingUncommitted())) {
                all.endOffsets(partitions).forEach((p, end) -> held.put(p, Math.max(0, end - known(ends, p))));
            }
        }
        return held;
    }

    private static Map<TopicPartition, Long> floors(
            EmptyLookUps emptyLookUps,
            List<TopicPartition> partitions,
            Instant time,
            Map<TopicPartition, @Nullable OffsetAndTimestamp> answers,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends)
            throws EngineFailure {
        Map<TopicPartition, Long> empty = new HashMap<>();
        for (TopicPartition p : partitions) {
            if (answers.get(p) == null && known(starts, p) < known(ends, p)) {
                empty.put(p, known(starts, p));
            }
        }
        return emptyLookUps.floors(empty, Math.max(0, time.toEpochMilli()));
    }

    private static Map<TopicPartition, EndLookup> judged(
            ReadRange range,
            Samples samples,
            Map<TopicPartition, @Nullable OffsetAndTimestamp> answers,
            Instant askedAt) {
        Map<TopicPartition, OffsetAndTimestamp> given = new HashMap<>();
        answers.forEach((p, at) -> {
            if (at != null) {
                given.put(p, at);
            }
        });
        Instant sought = range.endLookUp();
        Instant end = range.windowEnd();
        if (sought == null || end == null) {
            Map<TopicPartition, EndLookup> asTheyAre = new HashMap<>();
            given.forEach((p, at) -> asTheyAre.put(p, new EndLookup(at.offset(), at.timestamp(), at.offset(), true)));
            return asTheyAre;
        }
        return new EndSearch(samples, end.toEpochMilli(), sought.toEpochMilli(), askedAt.toEpochMilli()).judge(given);
    }

    private List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic, @Nullable Integer only, KafkaAccess access)
            throws EngineFailure {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw missing(topic, access);
        }
        List<TopicPartition> partitions = found.stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .filter(p -> only == null || p.partition() == only)
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        if (partitions.isEmpty()) {
            throw EngineFailure.lasting(
                    FailureKind.MISSING_OBJECT,
                    "Topic %s has %d partitions, 0 to %d; there is no partition %d."
                            .formatted(topic, found.size(), found.size() - 1, only));
        }
        return partitions;
    }

    private static EngineFailure missing(String topic, KafkaAccess access) {
        return EngineFailure.lasting(
                FailureKind.MISSING_OBJECT,
                "Topic %s is not in the Kafka cluster at %s. Create it there, or mend the name."
                        .formatted(topic, access.cluster().bootstrapServers()));
    }

    private static Map<TopicPartition, @Nullable OffsetAndTimestamp> lookUp(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, @Nullable Instant time) {
        if (time == null) {
            return Map.of();
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        // Kafka knows no time before 1970.
        partitions.forEach(p -> times.put(p, Math.max(0, time.toEpochMilli())));
        return new HashMap<>(consumer.offsetsForTimes(times));
    }

    private static List<TopicPartition> withoutAnswer(
            List<TopicPartition> partitions,
            Map<TopicPartition, @Nullable OffsetAndTimestamp> atStart,
            Map<TopicPartition, @Nullable OffsetAndTimestamp> atEnd) {
        return partitions.stream()
                .filter(p -> atStart.get(p) == null && atEnd.get(p) == null)
                .toList();
    }

    /**
     * A look-up that finds nothing says either that all records are older or that they have no timestamps. Where there are
     * offsets, the second is ruled out by asking for any time at all, and then by looking at a record.
     */
    private static Map<TopicPartition, Timestamps> timestamps(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> unanswered,
            Map<TopicPartition, Long> starts,
            Samples samples) {
        List<TopicPartition> doubtful = unanswered.stream()
                .filter(p -> known(starts, p) < samples.end(p))
                .toList();
        Map<TopicPartition, Timestamps> timestamps = new HashMap<>();
        if (doubtful.isEmpty()) {
            return timestamps;
        }
        Map<TopicPartition, @Nullable OffsetAndTimestamp> any = lookUp(consumer, doubtful, Instant.EPOCH);
        Map<TopicPartition, Long> untimed = new HashMap<>();
        doubtful.stream().filter(p -> any.get(p) == null).forEach(p -> untimed.put(p, known(starts, p)));
        samples.at(untimed).forEach((p, records) -> timestamps.put(p, timestamps(records)));
        return timestamps;
    }

    private static Timestamps timestamps(List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return Timestamps.NO_RECORDS;
        }
        return records.get(0).timestamp() < 0 ? Timestamps.ABSENT : Timestamps.PRESENT;
    }
}
