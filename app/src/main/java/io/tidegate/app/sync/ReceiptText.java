package io.tidegate.app.sync;

import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.receipt.Receipt;
import java.util.Locale;

/** A receipt as a person reads it. */
final class ReceiptText {
    private ReceiptText() {}

    static String of(Receipt receipt) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s -> %s%s (%s)%n",
                receipt.topic(),
                receipt.table(),
                receipt.tablePartition() == null ? "" : " " + receipt.tablePartition(),
                receipt.writeMode()));
        if (receipt.windowStart() != null) {
            text.append("Window [%s, %s)%n".formatted(receipt.windowStart(), receipt.windowEnd()));
        }
        text.append(String.format(
                "%9s %14s %14s %12s %12s %12s %9s%n",
                "partition", "begin", "end", "read", "written", "filtered", "dirty"));
        for (Receipt.PartitionReceipt p : receipt.partitions()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%9d %,14d %,14d %,12d %,12d %,12d %,9d%n",
                    p.partition(),
                    p.begin(),
                    p.end(),
                    p.read(),
                    p.written(),
                    p.filtered(),
                    p.dirty()));
        }
        text.append(String.format(
                Locale.ROOT,
                "%9s %14s %14s %,12d %,12d %,12d %,9d%n",
                "sum",
                "",
                "",
                receipt.read(),
                receipt.written(),
                receipt.filtered(),
                receipt.dirty()));
        if (receipt.late() != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "late: %,d records of older windows%s%n",
                    receipt.late().records(),
                    receipt.late().records() > 0 && receipt.late().policy() == LatePolicy.INCLUDE
                            ? ", written here"
                            : ""));
        }
        if (receipt.overLength() != null && receipt.overLength().values() > 0) {
            text.append("too long: ").append(receipt.overLength().sentence()).append(System.lineSeparator());
        }
        text.append(String.format(
                Locale.ROOT, "%,.0f records/s, checksum %s", receipt.recordsPerSecond(), receipt.checksum()));
        if (receipt.timings() != null) {
            text.append(System.lineSeparator()).append(receipt.timings().sentence());
        }
        return text.toString();
    }
}
