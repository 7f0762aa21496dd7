package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Producers whose clocks are wrong: single records and whole producers, in the future and in the past. */
class WrongClocksTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Span FOUR_HOURS = new Span(MIDNIGHT, MIDNIGHT.plus(Duration.ofHours(4)));

    /** A record every 20 seconds from an hour before the four hours to three hours after them. */
    private static void traffic(TopicGenerator topic, int partition, Between between) {
        long seconds = 20;
        for (long s = -3600; s < 7 * 3600; s += seconds) {
            Instant time = MIDNIGHT.plusSeconds(s);
            between.at(time);
            topic.send(partition, time);
        }
        topic.flush();
    }

    private interface Between {
        void at(Instant time);
    }

    private static void everyHourIsExact(TopicGenerator topic, Instant now) throws Exception {
        WindowCopies copies = new WindowCopies(topic, now).copyAll(FOUR_HOURS.cut(HOUR));
        List<Stood> log = PlainLog.read(topic.bootstrapServers(), topic.topic(), false);
        assertThat(log).as("the generator and the log agree").isEqualTo(topic.ledger());
        Verdict.exact(copies, log);
        Verdict.covers(copies);
    }

    @Test
    void single_records_of_other_years_move_no_window() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-years", 2, java.util.Map.of())) {
            traffic(topic, 0, time -> {
                if (time.equals(MIDNIGHT.plusSeconds(1800))) {
                    topic.send(0, Instant.parse("2099-01-01T00:00:00Z")).send(0, Instant.EPOCH);
                }
                if (time.equals(MIDNIGHT.plusSeconds(5000))) {
                    topic.send(0, Instant.ofEpochMilli(1)).send(0, Instant.parse("2031-01-01T00:00:00Z"));
                }
            });
            everyHourIsExact(topic, MIDNIGHT.plus(Duration.ofDays(2)));
        }
    }

    @Test
    void a_record_from_the_future_whose_time_has_come_hides_nothing_behind_it() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-came", 1, java.util.Map.of())) {
            traffic(topic, 0, time -> {
                if (time.equals(MIDNIGHT.plusSeconds(1800))) {
                    topic.send(0, time.plus(Duration.ofDays(1)));
                }
            });
            everyHourIsExact(topic, MIDNIGHT.plus(Duration.ofDays(2)));
        }
    }

    @Test
    void a_record_from_the_future_before_the_first_window_hides_nothing_either() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-before", 1, java.util.Map.of())) {
            traffic(topic, 0, time -> {
                if (time.equals(MIDNIGHT.minusSeconds(1800))) {
                    topic.send(0, time.plus(Duration.ofHours(26)));
                }
            });
            everyHourIsExact(topic, MIDNIGHT.plus(Duration.ofDays(2)));
        }
    }

    @Test
    void one_producer_in_ten_that_is_a_day_ahead_hides_nothing_of_the_others() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-tenth", 1, java.util.Map.of())) {
            Random random = new Random(1);
            traffic(topic, 0, time -> {
                if (random.nextInt(10) == 0) {
                    topic.send(0, time.plus(Duration.ofDays(1)));
                }
            });
            everyHourIsExact(topic, MIDNIGHT.plus(Duration.ofDays(3)));
        }
    }

    @Test
    void a_large_batch_of_a_producer_that_is_a_day_ahead_hides_nothing_behind_it() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-batch", 1, java.util.Map.of())) {
            traffic(topic, 0, time -> {
                if (time.equals(MIDNIGHT.plusSeconds(1800))) {
                    for (int i = 0; i < 2000; i++) {
                        topic.send(0, time.plus(Duration.ofDays(1)).plusMillis(i));
                    }
                }
            });
            everyHourIsExact(topic, MIDNIGHT.plus(Duration.ofDays(3)));
        }
    }

    @Test
    void a_producer_that_is_years_behind_is_counted_before_every_window() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("clocks-behind", 1, java.util.Map.of())) {
            traffic(topic, 0, time -> {
                if (time.getEpochSecond() % 600 == 0) {
                    topic.send(0, Instant.parse("1980-01-01T00:00:00Z"));
                }
            });
            everyHourIsExact(topic, MIDNIGHT.plus(Duration.ofDays(2)));
        }
    }
}
