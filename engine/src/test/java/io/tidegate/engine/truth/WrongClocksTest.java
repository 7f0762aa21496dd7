package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Producers whose clocks are wrong: single records and whole producers, in the future and in the past. */
class WrongClocksTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<Span> HOURS =
            new Span(MIDNIGHT, MIDNIGHT.plus(Duration.ofHours(4))).cut(Duration.ofHours(1));
    private static final Duration DAY = Duration.ofDays(1);
    private static final long SECONDS_BETWEEN = 20;

    private interface Between {
        void at(Instant time);
    }

    /** A record every 20 seconds from an hour before the four hours to seven hours after them. */
    private static void traffic(TopicGenerator topic, Between between) {
        for (long s = -3600; s < 11 * 3600; s += SECONDS_BETWEEN) {
            Instant time = MIDNIGHT.plusSeconds(s);
            between.at(time);
            topic.send(0, time);
        }
        topic.flush();
    }

    private static PlannedWindows everyHourIsExact(TopicGenerator topic, Duration later) throws Exception {
        List<Stood> log = PlainLog.read(topic.bootstrapServers(), topic.topic(), false);
        assertThat(log).as("the generator and the log agree").isEqualTo(topic.ledger());
        PlannedWindows windows = new PlannedWindows(topic, MIDNIGHT.plus(later));
        for (Span hour : HOURS) {
            Verdict.same(
                    hour.toString(),
                    windows.read(hour),
                    log.stream().filter(s -> s.in(hour)).toList());
        }
        return windows;
    }

    private static boolean after(Instant time, long seconds) {
        return time.equals(MIDNIGHT.plusSeconds(seconds));
    }

    @Test
    void single_records_of_other_years_move_no_window() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-years", 1, Map.of())) {
            traffic(topic, time -> {
                if (after(time, 1800)) {
                    topic.send(0, Instant.parse("2099-01-01T00:00:00Z")).send(0, Instant.EPOCH);
                }
                if (after(time, 5000)) {
                    topic.send(0, Instant.ofEpochMilli(1)).send(0, Instant.parse("2031-01-01T00:00:00Z"));
                }
            });
            PlannedWindows windows = everyHourIsExact(topic, Duration.ofDays(2));

            assertThat(windows.notes()).isNotEmpty().allMatch(note -> note.contains("a producer's clock is wrong"));
        }
    }

    @Test
    void a_window_of_the_first_second_of_time_is_exact() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-epoch", 1, Map.of())) {
            topic.send(0, MIDNIGHT).send(0, Instant.EPOCH).send(0, Instant.ofEpochMilli(999));
            topic.send(0, Instant.ofEpochMilli(1000)).flush();

            assertThat(new PlannedWindows(topic, MIDNIGHT.plus(DAY))
                            .read(new Span(Instant.EPOCH, Instant.ofEpochSecond(1))))
                    .extracting(Stood::offset)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void a_record_from_the_future_whose_time_has_come_hides_nothing_behind_it() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-came", 1, Map.of())) {
            traffic(topic, time -> {
                if (after(time, 1800)) {
                    topic.send(0, time.plus(DAY));
                }
            });
            assertThat(everyHourIsExact(topic, Duration.ofDays(2)).notes())
                    .anyMatch(note -> note.contains("most of what follows it is older"));
        }
    }

    @Test
    void a_record_from_the_future_before_the_first_window_hides_nothing_either() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-before", 1, Map.of())) {
            traffic(topic, time -> {
                if (after(time, -1800)) {
                    topic.send(0, time.plus(Duration.ofHours(26)));
                }
            });
            everyHourIsExact(topic, Duration.ofDays(2));
        }
    }

    @Test
    void a_record_from_the_future_in_a_sparse_topic_hides_nothing() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-sparse", 1, Map.of())) {
            for (int minute = -60; minute < 600; minute += 20) {
                Instant time = MIDNIGHT.plus(Duration.ofMinutes(minute));
                topic.send(0, time);
                if (minute == 0) {
                    topic.send(0, time.plus(DAY));
                }
            }
            topic.flush();
            everyHourIsExact(topic, Duration.ofDays(2));
        }
    }

    @Test
    void one_producer_in_ten_that_is_a_day_ahead_hides_nothing_of_the_others() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-tenth", 1, Map.of())) {
            Random random = new Random(1);
            traffic(topic, time -> {
                if (random.nextInt(10) == 0) {
                    topic.send(0, time.plus(DAY));
                }
            });
            everyHourIsExact(topic, Duration.ofDays(3));
        }
    }

    @Test
    void a_large_batch_of_a_producer_that_is_a_day_ahead_hides_nothing_behind_it() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-batch", 1, Map.of())) {
            traffic(topic, time -> batch(topic, time, 600));
            everyHourIsExact(topic, Duration.ofDays(3));
        }
    }

    private static void batch(TopicGenerator topic, Instant time, int records) {
        if (after(time, 1800)) {
            for (int i = 0; i < records; i++) {
                topic.send(0, time.plus(DAY).plusMillis(i));
            }
        }
    }

    /** More than the looks behind an answer reach: nobody can know without reading the log to its end. */
    @Test
    void what_an_hour_of_records_from_the_future_hides_is_counted_by_a_later_window() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-run", 1, Map.of())) {
            traffic(topic, time -> batch(topic, time, 6000));
            List<Stood> log = PlainLog.read(topic.bootstrapServers(), topic.topic(), false);
            PlannedWindows windows = new PlannedWindows(topic, MIDNIGHT.plus(Duration.ofDays(3)));
            List<Stood> missed = new ArrayList<>();
            for (Span hour : new Span(MIDNIGHT, MIDNIGHT.plus(Duration.ofHours(26))).cut(Duration.ofHours(1))) {
                List<Stood> picked = windows.pick(hour, log);
                log.stream().filter(s -> s.in(hour) && !picked.contains(s)).forEach(missed::add);
            }

            assertThat(missed)
                    .isNotEmpty()
                    .allSatisfy(s -> assertThat(windows.countedBeforeIn(s)).isNotEmpty());
        }
    }

    @Test
    void a_producer_that_is_years_behind_is_passed_over_by_every_window() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-behind", 1, Map.of())) {
            traffic(topic, time -> {
                if (time.getEpochSecond() % 600 == 0) {
                    topic.send(0, Instant.parse("1980-01-01T00:00:00Z"));
                }
            });
            assertThat(everyHourIsExact(topic, Duration.ofDays(2)).notes()).isEmpty();
        }
    }
}
