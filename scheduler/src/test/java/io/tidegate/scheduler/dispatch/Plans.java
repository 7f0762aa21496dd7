package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.receipt.Receipt;
import java.time.Instant;
import java.util.List;

/** Documents of the engine, small and complete. */
final class Plans {
    private static final Instant START = Instant.parse("2022-11-22T02:00:00Z");
    private static final Instant END = Instant.parse("2022-11-22T02:05:00Z");

    static final OffsetPlan SMALL = new OffsetPlan(
            "orders",
            "topic-id",
            START,
            END,
            Instant.parse("2022-11-22T02:06:00.123456Z"),
            List.of(new OffsetPlan.PartitionRange(0, 10, 20, OffsetPlan.EndSource.LOG_END)));

    static final Receipt RECEIPT = receipt(Receipt.WriteMode.OVERWRITE);

    /** The same by INSERT INTO. */
    static final Receipt INTO = receipt(Receipt.WriteMode.INTO);

    static final PreparedCommit PREPARED = new PreparedCommit("upload-1", List.of(0L, 1L), RECEIPT, List.of());

    private Plans() {}

    private static Receipt receipt(Receipt.WriteMode mode) {
        return new Receipt(
                "orders",
                "lake.orders",
                "ds=202211221000",
                mode,
                START,
                END,
                10,
                7,
                2,
                1,
                1,
                1,
                1000,
                START,
                END,
                2.5,
                "00000000000000ff",
                "upload-1",
                null,
                List.of(new Receipt.PartitionReceipt(0, 10, 20, 10, 7, 2, 1, START, null)),
                "topic-id",
                null);
    }
}
