package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Progress;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Timings;
import io.tidegate.engine.receipt.Timings.SlowSide;
import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import io.tidegate.sandbox.maxcompute.tunnel.Faults;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Speed, concurrency and standstill. */
class ControlTest {
    private static Receipt succeeded(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return Objects.requireNonNull(((Succeeded) outcome).receipt());
    }

    private static Progress last(BackgroundCopy running) {
        return running.journal.progress.get(running.journal.progress.size() - 1);
    }

    @Test
    void the_speed_limit_holds_for_all_slices_together() throws Exception {
        int partitions = 3;
        try (Copies copies =
                Copies.of(partitions).with("/setting/speed", "{\"throttle\":true,\"mbps\":2,\"concurrent\":2}")) {
            String value = "{\"amount\":1,\"text\":\"" + "x".repeat(10_000) + "\"}";
            for (int i = 0; i < 1200; i++) {
                copies.send(i % partitions, NINE.plusSeconds(i), value);
            }
            copies.flush();
            RecordedJournal journal = new RecordedJournal();
            Receipt receipt = succeeded(copies.run(journal));

            double rate = receipt.bytesRead() / (receipt.read() / receipt.recordsPerSecond()) / 1e6;
            assertThat(rate).isLessThan(1.05 * 2);
            Timings timings = Objects.requireNonNull(receipt.timings());
            assertThat(timings.slowSide()).as(timings.sentence()).isEqualTo(SlowSide.THROTTLE);
            // On a machine that is too busy to read two megabytes in a second the limit is not what holds the copy
            // back.
            if (timings.throttled() > 4 * (timings.reading() + timings.mapping() + timings.waitingForWriter())) {
                assertThat(rate).as(timings.sentence()).isGreaterThan(0.9 * 2);
            }
            assertThat(journal.lines).anyMatch(line -> line.contains("The job's speed limit set the speed."));
        }
    }

    @Test
    void as_many_slices_run_at_a_time_as_the_job_says_and_never_more() throws Exception {
        try (Copies copies = Copies.of(7).with("/setting/speed", "{\"throttle\":false,\"concurrent\":3}")) {
            for (int i = 0; i < 70; i++) {
                copies.order(i % 7, NINE.plusSeconds(i), "1");
            }
            copies.flush();
            Faults faults = Copies.maxCompute().faults();
            faults.set(new Fault(Fault.Kind.HOLD_BLOCK, Faults.ANY_BLOCK, Duration.ofMillis(500), 7));
            BackgroundCopy running = BackgroundCopy.start(copies);
            // As the service sees it: of the threads of a slice that is done, one may still be on its way out.
            int most = 0;
            while (!running.ended()) {
                most = Math.max(most, faults.held().size());
                Thread.onSpinWait();
            }

            assertThat(succeeded(running.end()).written()).isEqualTo(70);
            assertThat(most).isEqualTo(3);
        }
    }

    @Test
    void a_service_that_takes_nothing_fails_the_copy_and_is_named() throws Exception {
        try (Copies copies = CancellationTest.megabytes(20)) {
            SyncLimits impatient = Copies.LIMITS.withStall(Duration.ofSeconds(2));
            Copies.maxCompute().faults().slowBlocks(Duration.ofSeconds(30), 1);
            BackgroundCopy running = BackgroundCopy.start(copies, impatient, Copies.cluster(), Copies.project());
            RunOutcome outcome = running.end();

            assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.STALLED);
                assertThat(failed.retryable()).isTrue();
                assertThat(failed.message())
                        .startsWith("MaxCompute took nothing for 2 seconds while a block was being written.");
            });
            assertThat(running.journal.calls).doesNotContain("prepared");
            assertThat(copies.rows()).isEmpty();
        }
    }

    @Test
    void a_slow_service_shows_as_the_slow_side_and_the_time_left_is_estimated() throws Exception {
        try (Copies copies = CancellationTest.megabytes(20)) {
            Copies.maxCompute().faults().slowBlocks(Duration.ofSeconds(2), 1);
            BackgroundCopy running = BackgroundCopy.start(copies);
            Receipt receipt = succeeded(running.end());

            Timings timings = Objects.requireNonNull(receipt.timings());
            assertThat(timings.slowSide()).as(timings.sentence()).isEqualTo(SlowSide.MAXCOMPUTE);
            assertThat(timings.waitingForWriter()).isGreaterThan(1);
            assertThat(running.journal.lines).anyMatch(line -> line.startsWith("INFO The writer was the slow side."));
            assertThat(running.journal.progress)
                    .anySatisfy(p -> assertThat(p.secondsLeft()).isPositive());
            assertThat(last(running).bytesPerSecond()).isPositive();
        }
    }
}
