package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.PartitionReceipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what tables and receipts say with what stands in the log. */
final class Verdict {
    private static final int SHOWN_MAX = 5;

    private Verdict() {}

    /** Every window holds exactly the records of it, told apart one by one, and its receipt says so. */
    static void exact(WindowCopies copies, List<Stood> log) throws Exception {
        for (Map.Entry<Span, Receipt> copy : copies.receipts().entrySet()) {
            exact(copies, copy.getKey(), log);
        }
        List<Stood> inAnyWindow = log.stream()
                .filter(s -> copies.receipts().keySet().stream().anyMatch(s::in))
                .toList();
        same("all windows together", copies.rows(), inAnyWindow);
    }

    static void exact(WindowCopies copies, Span window, List<Stood> log) throws Exception {
        List<Stood> expected = log.stream().filter(s -> s.in(window)).toList();
        same("rows of " + window, copies.rows(window), expected);
        adds(copies.receipt(window), expected);
    }

    static void same(String what, List<Stood> actual, List<Stood> expected) {
        if (!actual.equals(expected)) {
            List<Stood> missing = new ArrayList<>(expected);
            actual.forEach(missing::remove);
            List<Stood> tooMuch = new ArrayList<>(actual);
            expected.forEach(tooMuch::remove);
            throw new AssertionError("%s: %d of %d are missing: %s; %d are too much: %s"
                    .formatted(
                            what,
                            missing.size(),
                            expected.size(),
                            missing.stream().limit(SHOWN_MAX).toList(),
                            tooMuch.size(),
                            tooMuch.stream().limit(SHOWN_MAX).toList()));
        }
    }

    /** The receipt agrees with the records that were copied. */
    static void adds(Receipt receipt, List<Stood> copied) {
        assertThat(receipt.written()).isEqualTo(copied.size());
        assertThat(receipt.read()).isEqualTo(receipt.written() + receipt.filtered() + receipt.dirty());
        assertThat(receipt.filtered()).isEqualTo(receipt.filteredBefore() + receipt.filteredAfter());
        for (PartitionReceipt p : receipt.partitions()) {
            List<Stood> of =
                    copied.stream().filter(s -> s.partition() == p.partition()).toList();
            assertThat(p.written()).isEqualTo(of.size());
            assertThat(of).allSatisfy(s -> assertThat(s.offset()).isBetween(p.begin(), p.end() - 1));
            if (!of.isEmpty()) {
                assertThat(Objects.requireNonNull(p.minTimestamp()).toEpochMilli())
                        .isEqualTo(of.stream().mapToLong(Stood::timestamp).min().orElseThrow());
                assertThat(Objects.requireNonNull(p.maxTimestamp()).toEpochMilli())
                        .isEqualTo(of.stream().mapToLong(Stood::timestamp).max().orElseThrow());
            }
        }
    }

    /** The receipt counts exactly these records as late. */
    static void late(Receipt receipt, List<Stood> records) {
        LateReceipt late = Objects.requireNonNull(receipt.late(), "it is not known what was late");
        assertThat(late.records()).isEqualTo(records.size());
        assertThat(records)
                .allSatisfy(s -> assertThat(late.runs())
                        .anyMatch(run -> run.partition() == s.partition()
                                && run.firstOffset() <= s.offset()
                                && s.offset() <= run.lastOffset()));
    }

    /** Successive receipts leave no offset out: each partition is read on from where the windows before had come, or earlier. */
    static void covers(WindowCopies copies) {
        Map<Integer, Long> readUpTo = new HashMap<>();
        copies.receipts().forEach((window, receipt) -> {
            for (PartitionReceipt p : receipt.partitions()) {
                Long before = readUpTo.get(p.partition());
                if (before != null) {
                    assertThat(p.begin())
                            .as("begin of %s in partition %d", window, p.partition())
                            .isLessThanOrEqualTo(before);
                }
                readUpTo.merge(p.partition(), p.end(), Math::max);
            }
        });
    }
}
