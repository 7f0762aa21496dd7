package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.plan.Lateness;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day of windows against a day of traffic: all windows together hold each record of the day once. */
class DayOfWindowsTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate LONG_DAY = LocalDate.of(2026, 11, 1);
    private static final LocalDate SHORT_DAY = LocalDate.of(2026, 3, 8);
    private static final LocalDate PLAIN_DAY = LocalDate.of(2026, 2, 10);

    private static Instant planned(Span day) {
        return day.end().plus(Duration.ofDays(2));
    }

    /** The only test here that copies into a table; the others read what was planned. */
    @Test
    void the_hours_of_a_day_are_copied_without_gap_or_overlap() throws Exception {
        Span day = Span.day(PLAIN_DAY, ZoneId.of("Asia/Shanghai"));
        try (TopicGenerator topic = TopicGenerator.onSandbox("day-hours", 4, Map.of())) {
            DayTraffic traffic = new DayTraffic(topic, 20260210, 4).write(day, 3000);
            List<Stood> log = PlainLog.read(topic.bootstrapServers(), topic.topic(), true);
            assertThat(log).as("the generator and the log agree").isEqualTo(topic.committed());
            WindowCopies copies = new WindowCopies(topic, planned(day)).readCommitted();
            copies.copyAll(day.cut(Duration.ofHours(1)));

            assertThat(copies.receipts()).hasSize(24);
            assertThat(log).anyMatch(s -> s.in(day) && !traffic.honest(s));
            Verdict.exact(copies, log);
            Verdict.covers(copies);
            assertThat(copies.rows())
                    .isEqualTo(log.stream().filter(s -> s.in(day)).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"SHORT_DAY, 23", "LONG_DAY, 25"})
    void the_hours_of_a_day_on_which_the_clocks_change_tile_it(String which, int hours) throws Exception {
        Span day = Span.day(which.equals("SHORT_DAY") ? SHORT_DAY : LONG_DAY, NEW_YORK);
        List<Span> windows = day.cut(Duration.ofHours(1));

        assertThat(windows).hasSize(hours);
        tile(hours, day, windows, 1500);
    }

    @Test
    void odd_windows_tile_the_hours_around_noon() throws Exception {
        Span day = Span.day(PLAIN_DAY, ZoneId.of("UTC"));
        Span noon = new Span(day.at(Duration.ofHours(11)), day.at(Duration.ofHours(13)));
        List<Span> windows = new ArrayList<>(noon.cut(Duration.ofMinutes(7)));
        windows.addAll(noon.cut(Duration.ofMinutes(5)));

        tile(57, day, windows, 6000);
    }

    @Tag("nightly")
    @ParameterizedTest
    @CsvSource({"5", "7", "13", "60", "97"})
    void windows_of_every_length_tile_whole_days_of_many_seeds(int minutes) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int day = 0; day < 10; day++) {
            Span span = Span.day(PLAIN_DAY.plusDays(random.nextInt(300)), NEW_YORK);
            tile(random.nextLong(), span, span.cut(Duration.ofMinutes(minutes)), 500 + random.nextInt(20_000));
        }
    }

    /**
     * Every record of a window is found by it, unless an honest record that is later than the allowed lateness stands
     * before it; then another window counts it. None is found by a window it does not belong to.
     */
    private static void tile(long seed, Span day, List<Span> windows, int records) throws Exception {
        String name = "day-%d-%d".formatted(Math.abs(seed % 1_000_000), windows.size());
        try (TopicGenerator topic = TopicGenerator.onSandbox(name, 4, Map.of())) {
            DayTraffic traffic = new DayTraffic(topic, seed, 4).write(day, records);
            boolean committedOnly = seed % 2 == 0;
            List<Stood> log = PlainLog.read(topic.bootstrapServers(), topic.topic(), committedOnly);
            PlannedWindows plans = new PlannedWindows(topic, planned(day), committedOnly, Lateness.DEFAULT);
            List<Stood> missed = new ArrayList<>();
            for (Span window : windows) {
                List<Stood> found = plans.pick(window, log);
                log.stream().filter(s -> s.in(window) && !found.contains(s)).forEach(missed::add);
                // A tenth is read as well, to see that reading finds what the plan covers.
                if (Math.floorMod(window.hashCode(), 10) == 0) {
                    Verdict.same("seed %d, %s".formatted(seed, window), plans.read(window), found);
                }
            }
            Set<Integer> seen = new TreeSet<>();
            log.forEach(s -> seen.add(s.partition()));
            assertThat(seen).as("partitions with records").hasSizeGreaterThan(1);
            assertThat(missed)
                    .as("records that are missing without being late, seed %d", seed)
                    .allMatch(s -> late(s, log, windows, traffic, plans.allowed()));
        }
    }

    private static boolean late(
            Stood stood, List<Stood> log, List<Span> windows, DayTraffic traffic, Duration allowed) {
        Span window = windows.stream().filter(stood::in).findFirst().orElseThrow();
        long limit = window.end().plus(allowed).toEpochMilli();
        return log.stream()
                .anyMatch(s -> s.partition() == stood.partition()
                        && s.offset() < stood.offset()
                        && s.timestamp() >= limit
                        && traffic.honest(s));
    }
}
