package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static io.tidegate.engine.sync.Copies.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.aliyun.odps.OdpsException;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private final RecordedJournal journal = new RecordedJournal();

    @Test
    void it_tells_what_the_copy_then_does_and_writes_nothing() throws EngineFailure, OdpsException {
        try (Copies copies = Copies.of(3)) {
            // Of four records, one is before the window and one after it.
            for (int i = 0; i < 6_000; i++) {
                copies.order(i % 3, NINE.minus(Duration.ofMinutes(30)).plusMillis(i * 1_200L), "1" + i % 90 + ".50");
            }
            copies.flush();

            DryRunReport report = copies.dryRun(journal);

            assertThat(report.plan().offsets()).isPositive();
            assertThat(report.partitionThere()).isFalse();
            assertThat(report.writeMode()).isEqualTo(WriteMode.OVERWRITE);
            assertThat(report.sample().converted()).isBetween(90, 110);
            assertThat(report.sample().dirty()).isEmpty();
            assertThat(report.sample().rows())
                    .hasSize(5)
                    .allSatisfy(row -> assertThat(row.values().get(5)).endsWith(".50"));
            assertThat(report.mappings())
                    .filteredOn(mapping -> mapping.field() == null)
                    .extracting(mapping -> mapping.column().name())
                    .containsExactly("spare");
            assertThat(journal.calls).isEmpty();
            assertThat(partitions(copies)).isEmpty();

            RunOutcome copied = copies.run(new RecordedJournal());

            Receipt receipt = Objects.requireNonNull(((RunOutcome.Succeeded) copied).receipt());
            long written = receipt.written();
            assertThat(report.sample().estimatedRows()).isCloseTo(written, Percentage.withPercentage(10));
            DryRunReport again = copies.dryRun(new RecordedJournal());
            assertThat(again.partitionThere()).isTrue();
            assertThat(again.rowsNow()).isEqualTo(written);
            assertThat(copies.rows()).hasSize((int) written);
        }
    }

    @Test
    void records_that_do_not_convert_are_shown_with_their_place() throws EngineFailure {
        try (Copies copies = Copies.of(1)) {
            for (int i = 0; i < 40; i++) {
                copies.order(0, NINE.plusSeconds(i), i % 4 == 0 ? "\"much\"" : "2.00");
            }
            copies.flush();

            DryRunReport report = copies.dryRun(journal);

            assertThat(report.sample().dirty()).isNotEmpty().allSatisfy(dirty -> {
                assertThat(dirty.offset() % 4).isZero();
                assertThat(dirty.column()).isEqualTo("amount");
            });
            assertThat(report.tooManyDirty()).isTrue();
            assertThat(report.sample().estimatedRows()).isCloseTo(30, within(8L));
        }
    }

    @Test
    void an_empty_window_is_no_failure() throws EngineFailure {
        try (Copies copies = Copies.of(2)) {
            copies.order(0, NINE.minusSeconds(5), "1").order(1, TEN, "1").flush();

            DryRunReport report = copies.dryRun(journal);

            assertThat(report.sample().inWindow()).isZero();
            assertThat(report.sample().estimatedRows()).isZero();
            assertThat(report.tooManyDirty()).isFalse();
        }
    }

    @Test
    void what_would_make_the_copy_fail_makes_the_dry_run_fail_with_the_same_words() throws EngineFailure {
        try (Copies copies = Copies.of(1)) {
            copies.with("/steps/0/parameter/topic", "\"no-such-topic\"");
            assertFails(copies, FailureKind.MISSING_OBJECT, "no-such-topic");
            copies.with("/steps/0/parameter/topic", '"' + copies.topic + '"')
                    .with("/steps/1/parameter/table", "\"no_such_table\"");
            assertFails(copies, FailureKind.MISSING_OBJECT, "no_such_table");
            copies.with("/steps/1/parameter/table", '"' + copies.table + '"')
                    .with("/steps/0/parameter/beginDateTime", "\"2026011009000\"");
            assertFails(copies, FailureKind.BAD_DOCUMENT, "beginDateTime");
        }
    }

    private void assertFails(Copies copies, FailureKind kind, String named) {
        assertThatThrownBy(() -> copies.dryRun(journal))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageContaining(named);
    }

    private static List<String> partitions(Copies copies) throws OdpsException {
        return Copies.sql("SHOW PARTITIONS %s;".formatted(copies.table));
    }
}
