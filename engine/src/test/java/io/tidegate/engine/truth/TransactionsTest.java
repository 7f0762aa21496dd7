package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.plan.Lateness;
import io.tidegate.engine.receipt.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Committed, aborted and open transactions, whose markers carry the broker's clock; read with and without them. */
class TransactionsTest {
    private static final Instant NINE = Instant.parse("2026-03-03T09:00:00Z");
    private static final Span HOUR = new Span(NINE, NINE.plusSeconds(3600));
    private static final Span NEXT = new Span(HOUR.end(), HOUR.end().plusSeconds(3600));
    private static final Instant NEXT_DAY = NINE.plus(Duration.ofDays(1));

    private static List<Stood> log(TopicGenerator topic, boolean committedOnly) {
        return PlainLog.read(topic.bootstrapServers(), topic.topic(), committedOnly);
    }

    /** Three hours of short transactions of which a third is aborted, and records without one, in two partitions. */
    private static void mixed(TopicGenerator topic) {
        Random random = new Random(7);
        Instant time = NINE.minusSeconds(3600);
        while (time.isBefore(NINE.plusSeconds(7200))) {
            int records = 1 + random.nextInt(40);
            boolean plain = random.nextInt(3) == 0;
            if (!plain) {
                topic.begin("t");
            }
            for (int i = 0; i < records; i++) {
                time = time.plusMillis(random.nextInt(20_000));
                Instant sent = time.minusSeconds(random.nextInt(600));
                if (plain) {
                    topic.send(random.nextInt(2), sent);
                } else {
                    topic.sendIn("t", random.nextInt(2), sent);
                }
            }
            if (!plain && random.nextInt(3) == 0) {
                topic.abort("t", records);
            } else if (!plain) {
                topic.commit("t");
            }
        }
        topic.settle();
    }

    @Test
    void transactions_written_long_after_their_time_are_copied_exactly_in_both_isolation_levels() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("tx-mixed", 2, Map.of())) {
            mixed(topic);
            assertThat(log(topic, true)).isEqualTo(topic.committed());
            // By the real clock, so that the markers do not look as if they came from the future.
            WindowCopies committed = new WindowCopies(topic, Instant.now()).readCommitted();
            WindowCopies all = new WindowCopies(topic, Instant.now());
            committed.copy(HOUR);
            all.copy(HOUR);

            Verdict.exact(committed, log(topic, true));
            Verdict.exact(all, log(topic, false));
            assertThat(all.receipt(HOUR).written())
                    .isGreaterThan(committed.receipt(HOUR).written());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void windows_over_transactions_tile(boolean committedOnly) throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("tx-tile-" + committedOnly, 2, Map.of())) {
            mixed(topic);
            List<Stood> log = log(topic, committedOnly);
            PlannedWindows windows = new PlannedWindows(topic, Instant.now(), committedOnly, Lateness.DEFAULT);
            for (Span window : HOUR.cut(Duration.ofMinutes(7))) {
                Verdict.same(
                        window.toString(),
                        windows.read(window),
                        log.stream().filter(s -> s.in(window)).toList());
            }
        }
    }

    @Test
    void markers_of_live_transactions_do_not_make_an_old_window_read_to_the_log_end() throws Exception {
        Instant now = Instant.now();
        try (TopicGenerator topic = TopicGenerator.onSandbox("tx-live", 1, Map.of())) {
            // Records of the last minutes by the clock that the markers carry, and a long log behind the window.
            Instant start = now.minusSeconds(1);
            topic.begin("t");
            for (int i = 0; i < 50; i++) {
                topic.sendIn("t", 0, start.plusMillis(i));
            }
            topic.commit("t");
            Span window = new Span(start, Instant.now().plusMillis(1));
            for (int transaction = 0; transaction < 40; transaction++) {
                topic.begin("t");
                for (int i = 0; i < 50; i++) {
                    topic.sendIn("t", 0, Instant.now().plusMillis(2));
                }
                topic.commit("t");
            }
            List<Stood> log = log(topic.settle(), true);
            PlannedWindows windows =
                    new PlannedWindows(topic, now.plus(Duration.ofDays(1)), true, Lateness.parse("PT0S"));

            assertThat(windows.read(window))
                    .isEqualTo(log.stream().filter(s -> s.in(window)).toList());
            assertThat(windows.notes()).isEmpty();
            assertThat(windows.planned(window).plan().offsets()).isLessThan(log.size() / 2);
        }
    }

    @Test
    void a_log_that_ends_in_markers_and_aborted_records_is_read_to_its_end() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("tx-tail", 1, Map.of())) {
            topic.begin("t");
            for (int i = 0; i < 5; i++) {
                topic.sendIn("t", 0, NINE.plusSeconds(i));
            }
            topic.commit("t");
            for (int transaction = 0; transaction < 3; transaction++) {
                topic.begin("t");
                for (int i = 0; i < 5; i++) {
                    topic.sendIn("t", 0, NINE.plusSeconds(60 + i));
                }
                topic.abort("t", 5);
            }
            WindowCopies copies = new WindowCopies(topic.settle(), NEXT_DAY).readCommitted();
            Receipt receipt = copies.copy(HOUR);

            Verdict.exact(copies, log(topic, true));
            assertThat(receipt.read()).isEqualTo(5);
            assertThat(receipt.partitions().get(0).end()).isEqualTo(24);
        }
    }

    @Test
    void a_window_of_aborted_records_alone_is_empty() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("tx-aborted", 1, Map.of())) {
            topic.begin("t").sendIn("t", 0, NINE).sendIn("t", 0, NINE.plusSeconds(1));
            topic.abort("t", 2);
            WindowCopies copies = new WindowCopies(topic.settle(), NEXT_DAY).readCommitted();

            assertThat(copies.copy(HOUR).read()).isZero();
            assertThat(copies.rows(HOUR)).isEmpty();
        }
    }

    @Test
    void a_marker_before_the_last_two_records_hides_neither() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("tx-short", 1, Map.of())) {
            topic.send(0, NINE).flush();
            topic.begin("t").sendIn("t", 0, NINE.plusSeconds(1)).abort("t", 1);
            topic.begin("t").sendIn("t", 0, NINE.plusSeconds(2)).commit("t").send(0, NINE.plusSeconds(3));
            PlannedWindows windows = new PlannedWindows(topic.settle(), Instant.now(), true, Lateness.DEFAULT);

            assertThat(windows.read(HOUR)).isEqualTo(topic.committed()).hasSize(3);
        }
    }

    @Test
    void an_open_transaction_at_the_log_end_holds_no_copy_up_and_is_said() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("tx-open", 1, Map.of())) {
            topic.send(0, NINE).flush();
            topic.begin("open").sendIn("open", 0, NINE.plusSeconds(1)).flush();
            topic.send(0, NINE.plusSeconds(2)).flush();
            WindowCopies committed = new WindowCopies(topic, NINE.plusSeconds(3700)).readCommitted();
            WindowCopies all = new WindowCopies(topic, NINE.plusSeconds(3700));
            committed.copy(HOUR);
            List<String> warnings = committed.journal().warnings();
            all.copy(HOUR);

            assertThat(committed.rows(HOUR)).extracting(Stood::offset).containsExactly(0L);
            assertThat(warnings).singleElement().asString().contains("keeps 2 offsets from 1 on");
            Verdict.exact(all, topic.ledger());

            // What the transaction brings is late: the next window counts it, and a new plan finds it.
            topic.commit("open").settle();
            committed.at(NEXT.end().plusSeconds(100)).copy(NEXT);
            Verdict.late(
                    committed.receipt(NEXT),
                    topic.ledger().stream().filter(s -> s.offset() > 0).toList());
            committed.copy(HOUR);
            Verdict.exact(committed, log(topic, true));
            assertThat(committed.rows(HOUR)).hasSize(3);
        }
    }
}
