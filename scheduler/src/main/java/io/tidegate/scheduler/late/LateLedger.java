package io.tidegate.scheduler.late;

import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.PartitionReceipt;
import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.InstanceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What copies have read and what they found late: written when an attempt succeeds, asked when the next one is planned.
 * Every copy of a window counts, whatever the origin of its instance; of several, the newest.
 */
public final class LateLedger {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public LateLedger(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Notes in the caller's transaction, which declares the attempt a success, what it has read and found. Offsets that the
     * ledger knows are not noted twice. Does nothing for a copy that has no window, nor for a test run.
     *
     * @param late all that was found, of which the receipt names the first
     */
    public void keep(Handle handle, InstanceId instance, AttemptId attempt, Receipt receipt, List<LateRun> late) {
        Instant start = receipt.windowStart();
        Instant end = receipt.windowEnd();
        if (start == null || end == null) {
            return;
        }
        LateDao dao = handle.attach(LateDao.class);
        LateReceipt found = receipt.late();
        LatePolicy policy = found == null ? LatePolicy.REPORT : found.policy();
        String topicId = topicId(receipt.topicId());
        int kept = dao.keepCopy(
                instance,
                attempt,
                new LateDao.CopiedWindow(receipt.topic(), topicId, start, end, receipt.writeMode()),
                clock.instant(),
                readUpTo(receipt),
                policy == LatePolicy.INCLUDE ? includedFrom(receipt) : null);
        if (kept == 0 || late.isEmpty()) {
            return;
        }
        dao.lockNodeOf(instance);
        dao.add(
                instance,
                attempt,
                receipt.topic(),
                topicId,
                policy,
                clock.instant(),
                column(late, LateRun::partition),
                column(late, LateRun::firstOffset),
                column(late, LateRun::lastOffset),
                column(late, run -> run.minTimestamp().toEpochMilli()),
                column(late, run -> run.maxTimestamp().toEpochMilli()));
        dao.dropPreparedLate(attempt);
    }

    /** What earlier copies of an instance's node, in its environment, know about a window. */
    public WindowHistory history(
            InstanceId instance, String topic, @Nullable String topicId, Instant start, Instant end) {
        return jdbi.inTransaction(handle -> {
            LateDao dao = handle.attach(LateDao.class);
            String id = topicId(topicId);
            Optional<LateDao.Earlier> earlier = dao.nearestEarlier(instance, topic, id, start);
            return new WindowHistory(
                    earlier.map(LateDao.Earlier::readUpTo).orElse(Map.of()),
                    earlier.map(e -> e.windowEnd().equals(start)).orElse(false),
                    byPartition(dao.reach(instance, topic, id, start, end)),
                    byPartition(dao.takenFrom(instance, topic, id, end)));
        });
    }

    /**
     * How far all windows that end at or before a time were read, by the newest copy of each; commits that are about to be sent
     * count, too. By Kafka partition.
     */
    public Map<Integer, Long> readBefore(InstanceId instance, String topic, @Nullable String topicId, Instant start) {
        return byPartition(
                jdbi.withExtension(LateDao.class, dao -> dao.readBefore(instance, topic, topicId(topicId), start)));
    }

    /**
     * Whether another window's copy, since this one was planned, came to write records that this one is about to commit, too.
     * Holds the node until the end of the caller's transaction, so that of two such copies one sees the other.
     *
     * @return a sentence for the user, or null when all is well
     */
    public @Nullable String outdated(Handle handle, InstanceId instance, Receipt receipt) {
        Instant start = receipt.windowStart();
        Instant end = receipt.windowEnd();
        if (start == null || end == null) {
            return null;
        }
        LateDao dao = handle.attach(LateDao.class);
        dao.lockNodeOf(instance);
        String id = topicId(receipt.topicId());
        Map<Integer, Long> taken = byPartition(dao.takenFrom(instance, receipt.topic(), id, end));
        boolean include = receipt.late() != null && receipt.late().policy() == LatePolicy.INCLUDE;
        Map<Integer, Long> readBefore =
                include ? byPartition(dao.readBefore(instance, receipt.topic(), id, start)) : Map.of();
        for (PartitionReceipt p : receipt.partitions()) {
            long takenFrom = taken.getOrDefault(p.partition(), Long.MAX_VALUE);
            if (p.begin() < p.end() && takenFrom < p.end()) {
                return "While this window was read, the copy of a later one wrote the late records behind offset %d of partition %d, which this one has read, too. Nothing was committed; the next attempt leaves them to that window."
                        .formatted(takenFrom - 1, p.partition());
            }
            if (p.lateFrom() != null && readBefore.getOrDefault(p.partition(), 0L) > p.lateFrom()) {
                return "While this window was read, an older one was run again and read up to offset %d of partition %d: late records that this one includes are in its partition. Nothing was committed; the next attempt plans anew."
                        .formatted(readBefore.getOrDefault(p.partition(), 0L), p.partition());
            }
        }
        return null;
    }

    private static Map<Integer, Long> byPartition(List<LateDao.Reach> reaches) {
        Map<Integer, Long> offsets = new HashMap<>();
        reaches.forEach(r -> offsets.put(r.partition(), r.reach()));
        return offsets;
    }

    private static Map<Integer, Long> readUpTo(Receipt receipt) {
        Map<Integer, Long> offsets = new HashMap<>();
        receipt.partitions().forEach(p -> offsets.put(p.partition(), p.end()));
        return offsets;
    }

    private static Map<Integer, Long> includedFrom(Receipt receipt) {
        Map<Integer, Long> offsets = new HashMap<>();
        for (PartitionReceipt p : receipt.partitions()) {
            if (p.lateFrom() != null) {
                offsets.put(p.partition(), p.lateFrom());
            }
        }
        return offsets;
    }

    private static String topicId(@Nullable String id) {
        return Objects.requireNonNullElse(id, "");
    }

    private static long[] column(List<LateRun> runs, ToLongFunction<LateRun> value) {
        return runs.stream().mapToLong(value).toArray();
    }
}
