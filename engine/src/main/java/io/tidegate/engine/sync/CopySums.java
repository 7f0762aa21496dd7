package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.OverLength;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.OverLengthReceipt;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.PartitionReceipt;
import io.tidegate.engine.receipt.RowChecksum;
import io.tidegate.engine.receipt.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds the results of the slices up and checks that nothing is missing. */
record CopySums(OffsetPlan plan, List<SliceResult> results) {

    /**
     * Checks that every slice of the plan is there and that each record that was read is accounted for.
     *
     * @param slices how many there must be
     */
    void check(int slices) throws EngineFailure {
        if (results.size() != slices) {
            throw mismatch("%d slices were planned, but %d were copied".formatted(slices, results.size()));
        }
        for (SliceResult r : results) {
            if (r.read() != r.written() + r.before() + r.after() + r.dirty()) {
                throw mismatch(
                        "partition %d, offsets %d to %d: %d records were read, but %d written, %d left out and %d dirty"
                                .formatted(
                                        r.slice().partition(),
                                        r.slice().begin(),
                                        r.slice().end(),
                                        r.read(),
                                        r.written(),
                                        r.before() + r.after(),
                                        r.dirty()));
            }
        }
        long covered = results.stream()
                .mapToLong(r -> r.slice().end() - r.slice().begin())
                .sum();
        if (covered != plan.offsets()) {
            throw mismatch("the plan has %d offsets, but %d were covered".formatted(plan.offsets(), covered));
        }
    }

    private static EngineFailure mismatch(String what) {
        return EngineFailure.passing(
                FailureKind.COUNT_MISMATCH,
                "The counts do not add up: %s. Nothing was committed.".formatted(what),
                null);
    }

    /** The blocks that hold rows, ascending. */
    List<Long> blocks() {
        return results.stream().flatMap(r -> r.blocks().stream()).sorted().toList();
    }

    /**
     * The receipt that holds once the commit succeeds.
     *
     * @param policy what the job says of late records
     * @param tooLong what the job says of texts that are too long
     * @param seconds time of the copy
     */
    Receipt receipt(
            UploadTarget target,
            String uploadId,
            LatePolicy policy,
            OverLength.Rule tooLong,
            Instant startedAt,
            Instant now,
            double seconds) {
        RowChecksum checksum = new RowChecksum();
        results.forEach(r -> checksum.add(r.checksum()));
        long read = sum(results, SliceResult::read);
        long before = sum(results, SliceResult::before);
        long after = sum(results, SliceResult::after);
        return new Receipt(
                plan.topic(),
                target.tableName(),
                target.partition(),
                target.mode(),
                plan.windowStart(),
                plan.windowEnd(),
                read,
                sum(results, SliceResult::written),
                before + after,
                before,
                after,
                sum(results, SliceResult::dirty),
                sum(results, SliceResult::bytes),
                startedAt,
                now,
                Math.round(read / Math.max(seconds, 0.001)),
                RowChecksum.text(checksum.value()),
                uploadId,
                results.stream().map(SliceResult::timings).reduce(Timings.NONE, Timings::plus),
                partitions(),
                plan.topicId(),
                late(policy),
                tooLong(tooLong));
    }

    private @Nullable OverLengthReceipt tooLong(OverLength.Rule rule) {
        return switch (rule) {
            case REFUSE -> null;
            case TRUNCATE -> new OverLengthReceipt(OverLengthReceipt.Rule.TRUNCATE, shortened());
            case SET_NULL -> new OverLengthReceipt(OverLengthReceipt.Rule.SET_NULL, shortened());
        };
    }

    private SortedMap<String, Long> shortened() {
        SortedMap<String, Long> shortened = new TreeMap<>();
        results.forEach(r -> r.shortened().forEach((column, values) -> shortened.merge(column, values, Long::sum)));
        return shortened;
    }

    /** Where late records were found, by partition and offset; runs that the border of two slices had cut are whole. */
    List<LateRun> lateRuns() {
        List<LateRun> runs = new ArrayList<>();
        results.stream()
                .flatMap(r -> r.late().runs().stream())
                .sorted(Comparator.comparingInt(LateRun::partition).thenComparingLong(LateRun::firstOffset))
                .forEach(run -> {
                    LateRun before = runs.isEmpty() ? null : runs.get(runs.size() - 1);
                    LateRun joined = before == null ? null : before.joined(run);
                    if (joined == null) {
                        runs.add(run);
                    } else {
                        runs.set(runs.size() - 1, joined);
                    }
                });
        return runs;
    }

    private @Nullable LateReceipt late(LatePolicy policy) {
        if (plan.partitions().stream().allMatch(range -> range.lateFrom() == null)) {
            return null;
        }
        List<LateRun> runs = lateRuns();
        return new LateReceipt(
                // What the plan does not include is reported.
                policy == LatePolicy.INCLUDE && !plan.includesLate() ? LatePolicy.REPORT : policy,
                sum(results, r -> r.late().records()),
                sum(results, r -> r.late().unlisted()),
                runs.subList(0, Math.min(runs.size(), LateReceipt.RUNS_MAX)));
    }

    private List<PartitionReceipt> partitions() {
        List<PartitionReceipt> receipts = new ArrayList<>();
        for (PartitionRange range : plan.partitions()) {
            List<SliceResult> of = results.stream()
                    .filter(r -> r.slice().partition() == range.partition())
                    .toList();
            receipts.add(new PartitionReceipt(
                    range.partition(),
                    range.begin(),
                    range.end(),
                    sum(of, SliceResult::read),
                    sum(of, SliceResult::written),
                    sum(of, r -> r.before() + r.after()),
                    sum(of, SliceResult::dirty),
                    instant(of.stream()
                            .map(SliceResult::minTimestamp)
                            .filter(Objects::nonNull)
                            .min(Long::compare)
                            .orElse(null)),
                    instant(of.stream()
                            .map(SliceResult::maxTimestamp)
                            .filter(Objects::nonNull)
                            .max(Long::compare)
                            .orElse(null)),
                    range.lateFrom(),
                    sum(of, r -> r.late().records())));
        }
        return receipts;
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static long sum(List<SliceResult> results, java.util.function.ToLongFunction<SliceResult> part) {
        return results.stream().mapToLong(part).sum();
    }
}
