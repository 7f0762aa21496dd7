package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.RunOutcome.Cancelled;
import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import io.tidegate.sandbox.maxcompute.tunnel.Faults;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a copy is waiting for, a request to stop ends it within two seconds, and nothing becomes visible. */
class CancellationTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /** Random, so that it stays large when it is compressed. */
    static Copies megabytes(int count) throws Exception {
        Random random = new Random(1);
        Copies copies = Copies.of(1);
        for (int i = 0; i < 10 * count; i++) {
            StringBuilder text = new StringBuilder(100_000);
            while (text.length() < 100_000) {
                text.append(Long.toString(random.nextLong(), 36));
            }
            copies.send(0, NINE.plusSeconds(i), "{\"amount\":1,\"text\":\"" + text + "\"}");
        }
        return copies.flush();
    }

    private static void stopsAtOnce(Copies copies, BackgroundCopy running) throws Exception {
        BackgroundCopy.Stopped stopped = running.stop();

        assertThat(stopped.outcome()).as("%s", running.journal.lines).isEqualTo(new Cancelled());
        assertThat(stopped.after()).isLessThan(AT_ONCE);
        assertThat(copies.rows()).isEmpty();
    }

    /** Takes connections and says nothing. */
    private static ServerSocket silentServer() throws Exception {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @Test
    void while_kafka_does_not_answer_the_questions_of_the_plan() throws Exception {
        try (Copies copies = Copies.of(1);
                ServerSocket silent = silentServer()) {
            var kafka = new DataSourceConnection.Kafka("127.0.0.1:" + silent.getLocalPort(), Map.of());
            BackgroundCopy running = BackgroundCopy.start(copies, SyncLimits.DEFAULT, kafka, Copies.project());
            running.until(() -> running.journal.lines.stream().anyMatch(line -> line.contains("Window:")));

            stopsAtOnce(copies, running);
        }
    }

    @Test
    void while_maxcompute_does_not_answer_at_all() throws Exception {
        try (Copies copies = Copies.of(1);
                ServerSocket silent = silentServer()) {
            var away = new DataSourceConnection.MaxCompute(
                    "http://127.0.0.1:%d/api".formatted(silent.getLocalPort()), "p", "id", "key", null);
            BackgroundCopy running = BackgroundCopy.start(copies, SyncLimits.DEFAULT, Copies.cluster(), away);
            running.until(() -> running.journal.calls.contains("PLAN"));

            stopsAtOnce(copies, running);
        }
    }

    @Test
    void while_maxcompute_reads_nothing_of_a_block() throws Exception {
        try (Copies copies = megabytes(20)) {
            Copies.maxCompute().faults().hold(Fault.Kind.HOLD_BLOCK, Faults.ANY_BLOCK);
            BackgroundCopy running = BackgroundCopy.start(copies).untilItStandsStill();
            assertThat(running.journal
                            .progress
                            .get(running.journal.progress.size() - 1)
                            .read())
                    .as("the records that were read before the connection was full")
                    .isLessThan(200);

            stopsAtOnce(copies, running);
            assertThat(running.journal.calls).doesNotContain("COMMIT");
        }
    }

    @Test
    void while_maxcompute_does_not_confirm_a_block() throws Exception {
        try (Copies copies = Copies.of(1).order(0, NINE, "1").flush()) {
            Copies.maxCompute().faults().hold(Fault.Kind.HOLD_BLOCK, Faults.ANY_BLOCK);

            BackgroundCopy running = BackgroundCopy.start(copies);
            awaitHeld(Fault.Kind.HOLD_BLOCK);

            stopsAtOnce(copies, running);
        }
    }

    @Test
    void while_the_speed_limit_holds_the_copy_back() throws Exception {
        try (Copies copies = megabytes(20).with("/setting/speed", "{\"throttle\":true,\"mbps\":1}")) {
            BackgroundCopy running = BackgroundCopy.start(copies);
            running.until(() -> running.journal.progress.stream().anyMatch(p -> p.read() > 0));

            stopsAtOnce(copies, running);
        }
    }

    @Test
    void while_the_list_of_blocks_before_the_commit_does_not_come() throws Exception {
        try (Copies copies = Copies.of(1).order(0, NINE, "1").flush()) {
            Faults faults = Copies.maxCompute().faults();
            // Opening a session asks for its blocks too, so the list is held from the first block on.
            faults.hold(Fault.Kind.HOLD_BLOCK, Faults.ANY_BLOCK);
            BackgroundCopy running = BackgroundCopy.start(copies);
            awaitHeld(Fault.Kind.HOLD_BLOCK);
            faults.hold(Fault.Kind.HOLD_LISTING, Faults.ANY_BLOCK);
            faults.release();
            awaitHeld(Fault.Kind.HOLD_LISTING);

            stopsAtOnce(copies, running);
            assertThat(running.journal.calls).contains("COMMIT").doesNotContain("prepared");
        }
    }

    @Test
    void while_the_list_of_blocks_after_preparing_does_not_come() throws Exception {
        try (Copies copies = Copies.of(1).order(0, NINE, "1").flush()) {
            Faults faults = Copies.maxCompute().faults();
            BackgroundCopy running = BackgroundCopy.start(copies);
            running.journal.whenPrepared(() -> faults.hold(Fault.Kind.HOLD_LISTING, Faults.ANY_BLOCK));
            awaitHeld(Fault.Kind.HOLD_LISTING);

            stopsAtOnce(copies, running);
            assertThat(running.journal.calls).contains("prepared");
        }
    }

    private static void awaitHeld(Fault.Kind kind) throws InterruptedException {
        assertThat(Copies.maxCompute().faults().awaitHeld(kind, Duration.ofSeconds(60)))
                .as("%s holds a request", kind)
                .isTrue();
    }
}
