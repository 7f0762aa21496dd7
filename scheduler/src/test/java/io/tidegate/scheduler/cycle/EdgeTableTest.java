package io.tidegate.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which instances wait for which, as a table: child, parent, the child's time, the parent's times it waits for. */
class EdgeTableTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime LAST = LocalTime.of(23, 59);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("dd HH:mm", Locale.ROOT);

    /** The 15th is a Wednesday. A '~' means that the node depends on itself. */
    private static final String SAME_CYCLE = """
            min20       min20       15 00:20  15 00:20
            min20       hour        15 00:00  15 00:00
            min20       hour        15 01:20  15 01:00
            min20       hour:30     15 00:00  15 00:30
            min20       day         15 00:00  15 00:15
            min20       day         15 13:40  15 00:15
            min20~      day         15 00:00  15 00:15
            min20~      day         15 00:20  -
            min20       week        15 13:40  15 00:15
            min20       month       15 13:40  15 00:15
            min20       year        15 13:40  15 00:15
            hour        min20       15 00:00  15 00:00
            hour        min20       15 01:00  15 00:20, 15 00:40, 15 01:00
            hour        min20~      15 01:00  15 01:00
            hour        hour        15 01:00  15 01:00
            hour        hour:30     15 01:00  15 01:30
            hour:30     hour        15 01:30  15 01:00
            hour        hour2       15 03:00  15 02:00
            hour2       hour        15 00:00  15 00:00
            hour2       hour        15 02:00  15 01:00, 15 02:00
            hour2       hour~       15 02:00  15 02:00
            hour        day         15 23:00  15 00:15
            hour~       day         15 23:00  -
            hour        week        15 23:00  15 00:15
            hour        month       15 23:00  15 00:15
            day         min20       15 00:15  72: 15 00:00 to 15 23:40
            day         hour        15 00:15  24: 15 00:00 to 15 23:00
            day12:30    hour~       15 12:30  15 12:00
            day         hour:30~    15 00:15  15 00:30
            day         day05:00    15 00:15  15 05:00
            day         week        15 00:15  15 00:15
            day         month       15 00:15  15 00:15
            week        min20       15 00:15  72: 15 00:00 to 15 23:40
            week        hour        15 00:15  24: 15 00:00 to 15 23:00
            week        day         15 00:15  15 00:15
            week        month       15 00:15  15 00:15
            month       min20       15 00:15  72: 15 00:00 to 15 23:40
            month       hour~       15 00:15  15 00:00
            month       day         15 00:15  15 00:15
            month       week        15 00:15  15 00:15
            """;

    private static final String PREVIOUS_CYCLE = """
            min20       min20       15 00:20  15 00:00
            min20       min20       15 00:00  14 23:40
            min20       hour        15 01:20  15 00:00
            min20       hour        15 01:00  15 00:00
            min20       hour        15 00:20  14 23:00
            min20       day         15 13:40  14 00:15
            min20~      day         15 13:40  14 00:15
            min20       week        15 13:40  14 00:15
            min20       month       15 13:40  14 00:15
            hour        min20       15 02:00  15 00:20, 15 00:40, 15 01:00
            hour        min20       15 01:00  15 00:00
            hour        min20       15 00:00  14 22:20, 14 22:40, 14 23:00
            hour        min20~      15 02:00  15 01:00
            hour        hour        15 02:00  15 01:00
            hour        hour        15 00:00  14 23:00
            hour        hour:30     15 02:00  15 01:30
            hour:30     hour        15 00:30  14 23:00
            hour        hour2       15 03:00  15 00:00
            hour        hour2       15 02:00  15 00:00
            hour2       hour        15 04:00  15 01:00, 15 02:00
            hour        day         15 23:00  14 00:15
            hour        week        15 23:00  14 00:15
            day         min20       15 00:15  72: 14 00:00 to 14 23:40
            day         hour        15 00:15  24: 14 00:00 to 14 23:00
            day         hour~       15 00:15  14 23:00
            day         day         15 00:15  14 00:15
            day         day~        15 00:15  14 00:15
            day         week        15 00:15  14 00:15
            day         month       15 00:15  14 00:15
            week        day         15 00:15  14 00:15
            week        week        15 00:15  14 00:15
            week        hour        15 00:15  24: 14 00:00 to 14 23:00
            month       day         15 00:15  14 00:15
            month       week        15 00:15  14 00:15
            month       min20       15 00:15  72: 14 00:00 to 14 23:40
            """;

    static Stream<Arguments> rows() {
        return Stream.concat(rows(SAME_CYCLE, false), rows(PREVIOUS_CYCLE, true));
    }

    private static Stream<Arguments> rows(String table, boolean previous) {
        return table.lines().map(line -> {
            String[] cells = line.split("\\s{2,}", 4);
            return Arguments.of(previous, cells[0], cells[1], cells[2], cells[3]);
        });
    }

    @ParameterizedTest(name = "previous cycle {0}: {1} on {2} at {3} waits for {4}")
    @MethodSource("rows")
    void an_instance_waits_for_what_the_table_says(
            boolean previous, String child, String parent, String at, String waitsFor) {
        var waits = EdgeRule.of(node(child), node(parent), previous).parentsOn(LocalDate.of(2024, 5, 15));

        LocalDateTime time = LocalDateTime.parse("2024-05-" + at.replace(' ', 'T'));
        assertThat(shown(Objects.requireNonNull(
                        waits.get(ScheduledTime.at(time, ZONE)), at + " is no time of " + child)))
                .isEqualTo(waitsFor);
    }

    @ParameterizedTest(name = "{0} on {1} in another zone at {2} waits for {3}")
    @MethodSource("zones")
    void zones_meet_on_the_time_line_and_days_by_their_date(
            NodeCycle child, NodeCycle parent, String at, boolean previous, List<String> waitsFor) {
        LocalDateTime time = LocalDateTime.parse(at);

        List<ScheduledTime> waits = EdgeRule.of(child, parent, previous)
                .parentsOn(time.toLocalDate())
                .getOrDefault(ScheduledTime.at(time, child.zone()), List.of());

        assertThat(waits).extracting(p -> p.local().toString()).isEqualTo(waitsFor);
    }

    static Stream<Arguments> zones() {
        NodeCycle shanghaiHour = node("hour");
        NodeCycle berlinHours =
                new NodeCycle(Hour.at(LocalTime.of(8, 0), LocalTime.of(20, 0)), ZoneId.of("Europe/Berlin"), false);
        NodeCycle berlinDay = new NodeCycle(new Day(LocalTime.of(9, 0)), ZoneId.of("Europe/Berlin"), false);
        return Stream.of(
                // 08:00 in Berlin is 14:00 in Shanghai, 20:00 is 02:00 of the next day.
                Arguments.of(shanghaiHour, berlinHours, "2024-05-15T15:00", false, List.of("2024-05-15T08:00")),
                Arguments.of(shanghaiHour, berlinHours, "2024-05-15T03:00", false, List.of("2024-05-14T20:00")),
                Arguments.of(shanghaiHour, berlinHours, "2024-05-15T15:00", true, List.of("2024-05-14T20:00")),
                Arguments.of(shanghaiHour, berlinDay, "2024-05-15T03:00", false, List.of("2024-05-15T09:00")),
                Arguments.of(node("day"), berlinDay, "2024-05-15T00:15", true, List.of("2024-05-14T09:00")),
                Arguments.of(
                        node("day"),
                        berlinHours,
                        "2024-05-15T00:15",
                        false,
                        List.of("2024-05-14T20:00", "2024-05-15T08:00")));
    }

    static NodeCycle node(String text) {
        boolean itself = text.endsWith("~");
        String name = itself ? text.substring(0, text.length() - 1) : text;
        LocalTime early = LocalTime.of(0, 15);
        Cycle cycle = switch (name) {
            case "min20" -> new Minute(LocalTime.MIDNIGHT, 20, LAST);
            case "hour" -> Hour.every(1, LocalTime.MIDNIGHT, LAST);
            case "hour:30" -> Hour.every(1, LocalTime.of(0, 30), LAST);
            case "hour2" -> Hour.every(2, LocalTime.MIDNIGHT, LAST);
            case "day" -> new Day(early);
            case "day05:00" -> new Day(LocalTime.of(5, 0));
            case "day12:30" -> new Day(LocalTime.of(12, 30));
            case "week" -> Week.on(early, Weekday.MON);
            case "month" -> new Month(List.of(1), true, early);
            case "year" -> new Year(List.of(1), List.of(1), false, early);
            default -> throw new IllegalArgumentException(name);
        };
        return new NodeCycle(cycle, ZONE, itself);
    }

    private static String shown(List<ScheduledTime> times) {
        List<String> all = new ArrayList<>();
        times.forEach(time -> all.add(SHOWN.format(time.local())));
        if (all.size() > 3) {
            return all.size() + ": " + all.get(0) + " to " + all.get(all.size() - 1);
        }
        return all.isEmpty() ? "-" : String.join(", ", all);
    }
}
