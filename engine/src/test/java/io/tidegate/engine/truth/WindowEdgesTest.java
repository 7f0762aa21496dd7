package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.receipt.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records at the very edges of windows, idle partitions, the broker's own timestamps, and records that come late. */
class WindowEdgesTest {
    private static final Instant NINE = Instant.parse("2026-03-05T09:00:00Z");
    private static final Span HOUR = new Span(NINE, NINE.plusSeconds(3600));
    private static final Span NEXT = new Span(HOUR.end(), HOUR.end().plusSeconds(3600));

    private static List<Stood> log(TopicGenerator topic) {
        return PlainLog.read(topic.bootstrapServers(), topic.topic(), false);
    }

    @Test
    void a_record_belongs_to_one_window_to_the_millisecond() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("edges-millis", 1, Map.of())) {
            topic.send(0, NINE.minusMillis(1)).send(0, NINE).send(0, HOUR.end().minusMillis(1));
            topic.send(0, HOUR.end())
                    .send(0, NINE)
                    .send(0, NEXT.end().minusMillis(1))
                    .send(0, NEXT.end());
            topic.flush();
            WindowCopies copies = new WindowCopies(topic, NEXT.end().plusSeconds(900)).copyAll(List.of(HOUR, NEXT));

            assertThat(copies.rows(HOUR)).extracting(Stood::offset).containsExactly(1L, 2L, 4L);
            assertThat(copies.rows(NEXT)).extracting(Stood::offset).containsExactly(3L, 5L);
            Verdict.exact(copies, log(topic));
            Verdict.covers(copies);
        }
    }

    @Test
    void idle_and_empty_partitions_are_in_every_receipt_and_read_nothing() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("edges-idle", 4, Map.of("retention.ms", "86400000000"))) {
            for (int i = 0; i < 30; i++) {
                topic.send(0, NINE.plusSeconds(i)).send(1, NINE.minusSeconds(86_400 + i));
            }
            // Partition 3 holds offsets, and no record any more.
            topic.send(3, NINE.minusSeconds(90_000)).flush().deleteBefore(3, 1);
            WindowCopies copies = new WindowCopies(topic, HOUR.end().plusSeconds(900));
            Receipt receipt = copies.copy(HOUR);

            Verdict.exact(copies, log(topic));
            assertThat(receipt.partitions()).hasSize(4);
            assertThat(receipt.read()).isEqualTo(30);
            assertThat(receipt.partitions().get(1).begin()).isEqualTo(30);
        }
    }

    @Test
    void the_brokers_own_timestamps_decide_where_the_topic_has_them() throws Exception {
        try (TopicGenerator topic =
                TopicGenerator.onSandbox("edges-append", 2, Map.of("message.timestamp.type", "LogAppendTime"))) {
            Instant begin = Instant.now();
            for (int i = 0; i < 40; i++) {
                topic.send(i % 2, Instant.EPOCH.plusSeconds(i));
            }
            topic.flush();
            Instant middle = Instant.now().plusMillis(1);
            while (!Instant.now().isAfter(middle)) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 40; i++) {
                topic.send(i % 2, Instant.EPOCH.plusSeconds(i));
            }
            topic.flush();
            Instant end = Instant.now().plusMillis(1);
            WindowCopies copies = new WindowCopies(topic, end);
            copies.copyAll(List.of(new Span(begin.minusMillis(1), middle), new Span(middle, end)));

            Verdict.exact(copies, log(topic));
            assertThat(copies.rows(new Span(middle, end))).hasSize(40);
        }
    }

    /** Near real time: what stands in the log when the window is planned is in it, however disordered. */
    @Test
    void windows_copied_a_quarter_of_an_hour_after_their_end_hold_what_had_arrived_by_then() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("edges-live", 1, Map.of())) {
            WindowCopies copies = new WindowCopies(topic, NINE);
            minutes(topic, 0, 75);
            List<Stood> atFirst = log(topic);
            copies.at(HOUR.end().plusSeconds(900)).copy(HOUR);
            // Late for the first window, which is already copied.
            topic.send(0, HOUR.end().minusSeconds(1)).send(0, NINE.plusSeconds(1));
            minutes(topic, 75, 135);
            copies.at(NEXT.end().plusSeconds(900)).copy(NEXT);

            Verdict.exact(copies, HOUR, atFirst);
            Verdict.exact(copies, NEXT, log(topic));
            Verdict.late(
                    copies.receipt(NEXT),
                    log(topic).stream()
                            .filter(s -> s.in(HOUR) && !atFirst.contains(s))
                            .toList());
            copies.copy(HOUR);
            Verdict.exact(copies, log(topic));
        }
    }

    private static void minutes(TopicGenerator topic, int from, int to) {
        for (int minute = from; minute < to; minute++) {
            topic.send(0, NINE.plusSeconds(60L * minute - (minute % 5) * 200L));
        }
        topic.flush();
    }

    @Test
    void what_is_later_than_the_allowed_lateness_is_counted_by_the_next_window() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("edges-late", 1, Map.of())) {
            for (int minute = 0; minute < 300; minute++) {
                topic.send(0, NINE.plusSeconds(60L * minute));
                if (minute == 150 || minute == 200) {
                    topic.send(0, NINE.plusSeconds(minute));
                }
            }
            topic.flush();
            PlannedWindows windows = new PlannedWindows(topic, NINE.plus(Duration.ofDays(1)));
            List<Stood> log = log(topic);
            List<Stood> first = windows.read(HOUR);
            for (Span window : new Span(HOUR.end(), HOUR.end().plus(Duration.ofHours(4))).cut(Duration.ofHours(1))) {
                windows.read(window);
            }
            List<Stood> missed =
                    log.stream().filter(s -> s.in(HOUR) && !first.contains(s)).toList();

            assertThat(missed).hasSize(2);
            assertThat(missed.get(1).timestamp())
                    .isEqualTo(NINE.plusSeconds(200).toEpochMilli());
            assertThat(missed)
                    .allSatisfy(s -> assertThat(windows.countedBeforeIn(s)).isNotEmpty());
        }
    }
}
