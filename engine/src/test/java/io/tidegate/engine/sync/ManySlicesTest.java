package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.receipt.Receipt;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A window large enough to be cut: partitions of several slices, read side by side. */
class ManySlicesTest {
    private static final int RECORDS = 900_000;

    @Test
    @Tag("nightly")
    void a_window_of_many_slices_arrives_whole_though_blocks_fail() throws Exception {
        try (Copies copies = Copies.of(2)) {
            for (int i = 0; i < RECORDS; i++) {
                copies.order(i % 3 == 0 ? 0 : 1, NINE.plusMillis(i % 3_600_000), Integer.toString(i % 100));
            }
            copies.flush();
            Copies.maxCompute().faults().failBlock(1, 1);
            RecordedJournal journal = new RecordedJournal();
            Receipt receipt = Objects.requireNonNull(((Succeeded) copies.run(journal)).receipt());

            assertThat(journal.prepared().blocks()).hasSizeGreaterThan(3);
            assertThat(receipt.written()).isEqualTo(RECORDS);
            assertThat(Copies.sql("SELECT COUNT(*), COUNT(DISTINCT p * 10000000 + o), SUM(amount) FROM %s;"
                            .formatted(copies.table)))
                    .containsExactly("%d|%d|%d".formatted(RECORDS, RECORDS, RECORDS / 100 * 4950));
        }
    }
}
