package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.Progress;
import io.tidegate.engine.Progress.Stage;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.kafka.BrokerQuestions;
import io.tidegate.engine.kafka.BrokerQuestions.Answered;
import io.tidegate.engine.kafka.GroupOffsets;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.kafka.LogWatch;
import io.tidegate.engine.plan.BrokerAnswers;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlanner;
import io.tidegate.engine.plan.PlanRefused;
import io.tidegate.engine.plan.PlanSlice;
import io.tidegate.engine.plan.PlanSlicer;
import io.tidegate.engine.plan.PlanWidening;
import io.tidegate.engine.plan.PlannedRead;
import io.tidegate.engine.plan.ReadRange;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.engine.sync.job.KafkaReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the plan of an attempt, or takes up the one of an earlier attempt. */
final class Planning {
    private final KafkaReader reader;
    private final KafkaAccess access;
    private final RunJournal journal;
    private final SyncLog log;
    private final CancellableCalls calls;
    private final InstantSource clock;

    Planning(
            KafkaReader reader,
            KafkaAccess access,
            RunJournal journal,
            SyncLog log,
            CancellableCalls calls,
            InstantSource clock) {
        this.reader = reader;
        this.access = access;
        this.journal = journal;
        this.log = log;
        this.calls = calls;
        this.clock = clock;
    }

    /** What is read, and how. */
    record Planned(OffsetPlan plan, KafkaAccess access, List<PlanSlice> slices) {}

    /**
     * The plan is in the journal when this returns.
     *
     * @param frozen the plan of an earlier attempt, or null to make a new one
     * @param concurrent slices that run at the same time
     * @throws EngineFailure when the brokers' answers do not allow an exact plan, too
     * @throws StoppedException when the cancellation was requested while it waited
     */
    Planned plan(@Nullable OffsetPlan frozen, int concurrent) throws EngineFailure, StoppedException {
        try {
            return planned(frozen, concurrent);
        } catch (PlanRefused e) {
            throw refused(e);
        }
    }

    /** The plan that an attempt would make now, without waiting for quiet logs. Nothing is written down anywhere. */
    Planned tryOut(int concurrent) throws EngineFailure, StoppedException {
        log.range(reader.range());
        Answered answered = asked(reader.range());
        answered.notes().forEach(log::info);
        try {
            PlannedRead read = planned(answered.answers());
            read.notes().forEach(log::warn);
            return new Planned(read.plan(), answered.access(), PlanSlicer.slice(read.plan(), concurrent));
        } catch (PlanRefused e) {
            throw refused(e);
        }
    }

    private static EngineFailure refused(PlanRefused refusal) {
        return EngineFailure.lasting(
                switch (refusal.reason()) {
                    case EXPIRED, NO_TIMESTAMPS -> FailureKind.DATA_EXPIRED;
                    case TOPIC_CHANGED, NO_GROUP_OFFSET -> FailureKind.MISSING_OBJECT;
                },
                String.valueOf(refusal.getMessage()),
                refusal);
    }

    private Planned planned(@Nullable OffsetPlan frozen, int concurrent)
            throws EngineFailure, PlanRefused, StoppedException {
        log.range(reader.range());
        if (frozen == null && reader.range().quietFor() != null) {
            awaitQuiet(reader.range().quietFor());
        }
        Answered answered = asked(frozen == null ? reader.range() : null);
        answered.notes().forEach(log::info);
        OffsetPlan plan;
        if (frozen == null) {
            PlannedRead read = planned(answered.answers());
            plan = read.plan();
            journal.planned(plan);
            read.notes().forEach(log::warn);
        } else {
            refuseOtherJob(frozen);
            OffsetPlanner.recheck(frozen, answered.answers());
            plan = frozen;
        }
        beginGroup(plan, answered);
        List<PlanSlice> slices = PlanSlicer.slice(plan, concurrent);
        log.plan(plan, frozen != null, slices.size(), concurrent);
        return new Planned(plan, answered.access(), slices);
    }

    private PlannedRead planned(BrokerAnswers answers) throws PlanRefused {
        PlannedRead read = OffsetPlanner.plan(reader.range(), answers);
        Instant start = reader.range().windowStart();
        Instant end = reader.range().windowEnd();
        if (start == null || end == null) {
            return read;
        }
        WindowHistory history = journal.history(reader.topic(), answers.topicId(), start, end);
        return PlanWidening.widen(read, history, latePolicy(history, answers.topicId(), start), answers);
    }

    /**
     * Late records are included from where the window before ends. Where a rerun of an older one has read on beyond that, some of
     * them are in its partition already.
     */
    private LatePolicy latePolicy(WindowHistory history, @Nullable String topicId, Instant start) {
        if (reader.latePolicy() != LatePolicy.INCLUDE || !history.adjacent()) {
            return reader.latePolicy();
        }
        Map<Integer, Long> readBefore = journal.readBefore(reader.topic(), topicId, start);
        boolean overtaken = readBefore.entrySet().stream()
                .anyMatch(p -> p.getValue() > history.readUpTo().getOrDefault(p.getKey(), Long.MAX_VALUE));
        if (overtaken) {
            log.warn(
                    "An older window was run again and has read on beyond the one before this: late records are noted this time and not written here, because some of them are in that one.");
        }
        return overtaken ? LatePolicy.REPORT : reader.latePolicy();
    }

    private Answered asked(@Nullable ReadRange range) throws EngineFailure, StoppedException {
        return calls.await(() -> new BrokerQuestions(clock).ask(access, reader.topic(), reader.partition(), range));
    }

    /** Before the plan is made, so that it is frozen as every other: reading it again gives the same records. */
    private void awaitQuiet(Duration quietFor) throws EngineFailure, StoppedException {
        Answered bounds = asked(null);
        List<Integer> partitions = bounds.answers().partitions().stream()
                .map(BrokerAnswers.PartitionAnswer::partition)
                .toList();
        LogWatch watch = new LogWatch(bounds.access(), reader.topic(), partitions, reader.range(), quietFor, clock);
        LogWatch.Quiet quiet = watch.await(calls.cancellation(), awaited -> {
                    journal.progress(Progress.at(Stage.PLAN));
                    log.waiting(quietFor, awaited);
                })
                .orElseThrow(StoppedException::new);
        log.quiet(quietFor, quiet);
    }

    private void refuseOtherJob(OffsetPlan frozen) throws EngineFailure {
        if (!frozen.topic().equals(reader.topic())
                || !Objects.equals(frozen.windowStart(), reader.range().windowStart())
                || !Objects.equals(frozen.windowEnd(), reader.range().windowEnd())) {
            throw EngineFailure.lasting(
                    FailureKind.BAD_DOCUMENT,
                    "The plan of an earlier attempt reads topic %s from %s to %s, which is not what the code says now. Rerun the instance by hand to make a new plan."
                            .formatted(frozen.topic(), frozen.windowStart(), frozen.windowEnd()));
        }
    }

    /** Before anything is read: a group that cannot be moved now could not be moved after the commit either. */
    private void beginGroup(OffsetPlan plan, Answered answered) throws EngineFailure, StoppedException {
        String group = reader.range().groupId();
        if (group == null) {
            return;
        }
        Map<Integer, Long> begins = new HashMap<>();
        plan.partitions().forEach(range -> begins.put(range.partition(), range.begin()));
        Map<Integer, Long> logEnds = new HashMap<>();
        for (BrokerAnswers.PartitionAnswer partition : answered.answers().partitions()) {
            logEnds.put(partition.partition(), partition.logEnd());
        }
        calls.await(() -> {
            new GroupOffsets(answered.access(), group).begin(plan.topic(), begins, logEnds);
            return true;
        });
    }
}
