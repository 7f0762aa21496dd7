package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.kafka.BrokerQuestions;
import io.tidegate.engine.kafka.BrokerQuestions.Answered;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlanner;
import io.tidegate.engine.plan.PlanRefused;
import io.tidegate.engine.plan.PlanSlice;
import io.tidegate.engine.plan.PlanSlicer;
import io.tidegate.engine.plan.PlannedRead;
import io.tidegate.engine.sync.job.KafkaReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** Finds out which offsets a copy reads, or checks that those an earlier attempt found can still be read. */
final class SyncPlanning {
    private final InstantSource clock;
    private final SyncLimits limits;
    private final RunRequest request;
    private final SyncLog log;

    SyncPlanning(InstantSource clock, SyncLimits limits, RunRequest request, SyncLog log) {
        this.clock = clock;
        this.limits = limits;
        this.request = request;
        this.log = log;
    }

    /**
     * What is read, and how.
     *
     * @param plan the offsets
     * @param access how to reach them
     * @param slices the same plan, cut for threads
     * @param frozen whether an earlier attempt made the plan
     * @param notes what a user should know of a new plan
     */
    record Planned(
            OffsetPlan plan, KafkaAccess access, List<PlanSlice> slices, boolean frozen, List<String> notes) {}

    /**
     * @throws EngineFailure when the broker's answers do not allow an exact plan, too
     */
    Planned plan(JobBinding binding) throws EngineFailure {
        try {
            return ask(binding);
        } catch (PlanRefused e) {
            throw EngineFailure.lasting(
                    switch (e.reason()) {
                        case EXPIRED, NO_TIMESTAMPS -> FailureKind.DATA_EXPIRED;
                        case TOPIC_CHANGED, NO_GROUP_OFFSET -> FailureKind.MISSING_OBJECT;
                    },
                    String.valueOf(e.getMessage()),
                    e);
        }
    }

    private Planned ask(JobBinding binding) throws EngineFailure, PlanRefused {
        KafkaReader reader = binding.job().reader();
        String client =
                reader.groupId() == null ? "tidegate-" + request.label() : reader.groupId() + "-" + request.label();
        int concurrent = binding.job().settings().concurrent();
        KafkaAccess access = KafkaAccess.of(
                        binding.cluster(), reader.kafkaConfig(), client, reader.readCommitted(), concurrent)
                .withStallLimit(limits.stall());
        log.range(reader.range());
        OffsetPlan frozen = request.plan();
        Answered answered = new BrokerQuestions(clock)
                .ask(access, reader.topic(), reader.partition(), frozen == null ? reader.range() : null);
        if (frozen != null) {
            refuseOtherJob(frozen, reader);
            OffsetPlanner.recheck(frozen, answered.answers());
        }
        PlannedRead read =
                frozen != null ? new PlannedRead(frozen, List.of()) : OffsetPlanner.plan(reader.range(), answered.answers());
        List<PlanSlice> slices = PlanSlicer.slice(read.plan(), concurrent);
        log.plan(read.plan(), frozen != null, slices.size(), concurrent);
        return new Planned(read.plan(), answered.access(), slices, frozen != null, read.notes());
    }

    private static void refuseOtherJob(OffsetPlan frozen, KafkaReader reader) throws EngineFailure {
        if (!frozen.topic().equals(reader.topic())
                || !Objects.equals(frozen.windowStart(), reader.range().windowStart())
                || !Objects.equals(frozen.windowEnd(), reader.range().windowEnd())) {
            throw EngineFailure.lasting(
                    FailureKind.BAD_DOCUMENT,
                    "The plan of an earlier attempt reads topic %s from %s to %s, which is not what the code says now. Rerun the instance by hand to make a new plan."
                            .formatted(frozen.topic(), frozen.windowStart(), frozen.windowEnd()));
        }
    }
}
