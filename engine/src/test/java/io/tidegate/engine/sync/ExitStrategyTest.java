package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static io.tidegate.engine.sync.Copies.NOW;
import static io.tidegate.engine.sync.Copies.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.FencedException;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Cancelled;
import io.tidegate.engine.RunOutcome.Succeeded;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** "Exit when poll nothing": the plan waits for quiet logs, on a real broker. */
class ExitStrategyTest {
    private static final String READER = "/steps/0/parameter/";

    private static Copies untilQuietFor(Copies copies, int seconds) {
        return copies.with(READER + "stopWhenPollEmpty", "true").with(READER + "waitTIme", String.valueOf(seconds));
    }

    @Test
    void where_each_partition_has_a_record_past_the_end_nothing_is_waited_for() throws Exception {
        try (Copies copies = untilQuietFor(
                Copies.of(1).order(0, NINE, "1").order(0, TEN, "2").flush(), 600)) {
            RecordedJournal journal = new RecordedJournal();

            assertThat(copies.run(journal)).isInstanceOf(Succeeded.class);
            assertThat(copies.rows()).containsExactly("0:0");
            assertThat(journal.lines).noneMatch(line -> line.contains("Waiting until"));
        }
    }

    @Test
    void records_that_come_while_it_waits_are_copied_and_a_quiet_partition_ends_it() throws Exception {
        try (Copies copies = untilQuietFor(Copies.of(2).order(0, NINE, "1").flush(), 3)) {
            RecordedJournal journal = new RecordedJournal();
            CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(() -> copies.run(journal));
            await(journal, "INFO Waiting until each partition");
            copies.order(0, NINE.plusSeconds(1), "2").flush();

            assertThat(running.get(60, TimeUnit.SECONDS)).isInstanceOf(Succeeded.class);
            assertThat(copies.rows()).containsExactly("0:0", "0:1");
            assertThat(journal.lines).anyMatch(line -> line.contains("Got no record for 3 seconds: partitions 0, 1."));
            assertThat(journal.progress.get(0).stage()).isEqualTo(Progress.Stage.PLAN);
        }
    }

    private static void await(RecordedJournal journal, String line) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (journal.lines.stream().noneMatch(l -> l.startsWith(line))) {
            assertThat(System.nanoTime()).as("no line '%s'", line).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_partition_that_may_only_be_pausing_is_named() throws Exception {
        try (Copies copies = untilQuietFor(
                        Copies.of(2)
                                .order(0, TEN.minusSeconds(1), "1")
                                .order(1, NINE, "2")
                                .flush(),
                        1)
                .withClock(InstantSource.fixed(TEN.plusSeconds(300)))) {
            RecordedJournal journal = new RecordedJournal();

            assertThat(copies.run(journal)).isInstanceOf(Succeeded.class);
            assertThat(journal.lines.stream().filter(line -> line.startsWith("WARN")))
                    .singleElement()
                    .asString()
                    .startsWith("WARN Partition 0 may only be pausing: it got a record at 2026-01-10 09:59:59");
        }
    }

    @Test
    void a_record_from_the_future_ends_no_wait() throws Exception {
        try (Copies copies = untilQuietFor(
                Copies.of(1)
                        .order(0, NINE, "1")
                        .order(0, NOW.plusSeconds(86_400), "2")
                        .flush(),
                1)) {
            RecordedJournal journal = new RecordedJournal();

            assertThat(copies.run(journal)).isInstanceOf(Succeeded.class);
            assertThat(journal.lines).anyMatch(line -> line.contains("Got no record for 1 seconds: partition 0."));
        }
    }

    @Test
    void a_wait_ends_soon_after_it_is_told_to_stop() throws Exception {
        try (Copies copies = untilQuietFor(Copies.of(1).order(0, NINE, "1").flush(), 86_400)) {
            AtomicBoolean asked = new AtomicBoolean();
            RecordedJournal journal = new RecordedJournal();
            copies.withCancellation(asked::get);
            CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(() -> copies.run(journal));
            await(journal, "INFO Waiting until each partition");
            asked.set(true);

            assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(new Cancelled());
            assertThat(journal.calls).doesNotContain("planned");
        }
    }

    @Test
    void a_retry_waits_for_nothing() throws Exception {
        try (Copies copies = Copies.of(1).order(0, NINE, "1").flush()) {
            RecordedJournal first = new RecordedJournal().failingAtPlanned(new FencedException("killed"));
            try {
                copies.run(first);
            } catch (FencedException e) {
                // As the test wants it.
            }
            RecordedJournal second = new RecordedJournal();

            assertThat(untilQuietFor(copies, 86_400).withPlan(first.plan()).run(second))
                    .isInstanceOf(Succeeded.class);
        }
    }

    @Test
    void up_to_the_log_end_or_an_offset_that_is_there_nothing_is_waited_for() throws Exception {
        try (Copies copies = untilQuietFor(Copies.of(1).order(0, NINE, "1").flush(), 86_400)) {
            copies.document.without(READER + "endDateTime");
            assertThat(copies.with(READER + "endType", "\"latest\"").run(new RecordedJournal()))
                    .isInstanceOf(Succeeded.class);
            copies.document.without(READER + "endType");
            assertThat(copies.with(READER + "endOffset", "1").run(new RecordedJournal()))
                    .isInstanceOf(Succeeded.class);
            assertThat(copies.rows()).isEqualTo(List.of("0:0"));
        }
    }
}
