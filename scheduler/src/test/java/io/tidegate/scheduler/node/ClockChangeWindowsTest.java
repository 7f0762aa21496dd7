package io.tidegate.scheduler.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.cycle.Month;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.cycle.Week;
import io.tidegate.scheduler.cycle.Weekday;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Days of 23, 23½, 24½ and 25 hours in eight zones, against a table that was worked out apart from this code: each scheduled
 * time, its instant, the window and the partition.
 */
class ClockChangeWindowsTest {
    private static final LocalTime HALF_PAST_TWO = LocalTime.of(2, 30);

    record Expected(String zone, String date, String hours, String cycle, String rest) {
        String day() {
            return zone + "\t" + date + "\t" + hours;
        }
    }

    static List<Expected> table() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ClockChangeWindowsTest.class.getResourceAsStream("clock-change-windows.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", 5))
                    .map(f -> new Expected(f[0], f[1], f[2], f[3], f[4]))
                    .toList();
        }
    }

    static Set<String> days() throws IOException {
        return table().stream().map(Expected::day).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("days")
    void every_run_of_a_day_reads_its_window_into_its_partition(String day) throws IOException {
        ZoneId zone = ZoneId.of(day.split("\t", 3)[0]);
        LocalDate date = LocalDate.parse(day.split("\t", 3)[1]);
        List<String> found = new ArrayList<>();
        for (String cycle : List.of("HOUR", "DAY", "DAY_0230", "WEEK_0230", "MONTH_0230")) {
            NodeDocument document = document(cycle, date);
            for (ScheduledTime time : document.schedule().cycle().scheduledTimes(date, zone)) {
                assertThat(document.schedule().cycle().isRealRun(time)).isTrue();
                found.add(cycle + "\t" + shown(document, time, zone));
            }
        }

        assertThat(found)
                .isEqualTo(table().stream()
                        .filter(e -> e.day().equals(day))
                        .map(e -> e.cycle() + "\t" + e.rest())
                        .toList());
        assertThat(hours(date, zone)).isEqualTo(day.split("\t", 3)[2]);
    }

    @Test
    void the_table_has_short_and_long_days() throws IOException {
        assertThat(table()).extracting(Expected::hours).contains("23", "23.5", "24", "24.5", "25");
    }

    /** The quick way and the engine's parser must agree, or the preview would show what no attempt reads. */
    private static String shown(NodeDocument document, ScheduledTime time, ZoneId zone) {
        PreviewedRun.Copy copy =
                Objects.requireNonNull(Copies.at(document, time.local(), zone).copy());
        try {
            SyncWindows.Window quick = Copies.windows(document, zone).at(time);
            assertThat(quick.begin()).isEqualTo(copy.begin());
            assertThat(quick.end()).isEqualTo(copy.end());
            assertThat(quick.place()).isEqualTo(new SyncWindows.Place(copy.table(), copy.partition()));
        } catch (WindowBound.NoTime e) {
            throw new AssertionError(e);
        }
        return String.join(
                "\t",
                time.local().toString(),
                minute(time.instant()),
                minute(Objects.requireNonNull(copy.begin())),
                minute(Objects.requireNonNull(copy.end())),
                copy.partition().replace("ds=", ""));
    }

    private static NodeDocument document(String cycle, LocalDate date) {
        return switch (cycle) {
            case "HOUR" ->
                Copies.of(
                        Hour.every(1, LocalTime.of(0, 15), LocalTime.of(23, 59)),
                        "$[yyyymmddhh24-1/24]0000",
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24]");
            case "DAY" -> daily(new Day(LocalTime.of(0, 15)), "$[yyyymmdd-1]000000");
            case "DAY_0230" -> daily(new Day(HALF_PAST_TWO), "$[yyyymmdd-1]000000");
            case "WEEK_0230" ->
                daily(
                        Week.on(
                                HALF_PAST_TWO,
                                Arrays.stream(Weekday.values())
                                        .filter(day -> day.dayOfWeek() == date.getDayOfWeek())
                                        .findFirst()
                                        .orElseThrow()),
                        "$[yyyymmdd-7]000000");
            case "MONTH_0230" ->
                daily(Month.on(HALF_PAST_TWO, date.getDayOfMonth()), "$[add_months(yyyymmdd,-1)]000000");
            default -> throw new IllegalArgumentException(cycle);
        };
    }

    private static NodeDocument daily(Cycle cycle, String startTime) {
        return Copies.of(cycle, startTime, "$[yyyymmdd]000000", "$[yyyymmdd-1]");
    }

    private static String minute(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneId.of("UTC")) + "Z";
    }

    private static String hours(LocalDate date, ZoneId zone) {
        Duration length = Duration.between(
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
        String hours = String.format(Locale.ROOT, "%.1f", length.toMinutes() / 60.0);
        return hours.endsWith(".0") ? hours.substring(0, hours.length() - 2) : hours;
    }
}
