package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.OutlookFinding.Kind;
import io.tidegate.scheduler.node.SyncWindows.Place;
import io.tidegate.scheduler.node.SyncWindows.Window;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the windows of successive runs and notes where they do not join, are empty or not over yet, and where one run
 * replaces what another wrote. Of each kind it keeps the first and counts the others.
 */
final class WindowSeries {
    private static final String SAME_LENGTH = "Let each window be as long as the interval of the schedule.";
    private static final String CLOCKS_CHANGE =
            "The clocks change between these two runs, and not all windows lie within one interval. Run the node at equal"
                    + " intervals, or in a workspace whose zone does not change its clocks.";

    private final SyncWindows windows;
    private final Map<Place, ScheduledTime> writtenBy = new HashMap<>();
    private final Seen empty = new Seen();
    private final Seen ahead = new Seen();
    private final Seen gap = new Seen();
    private final Seen overlap = new Seen();
    private final Seen clockGap = new Seen();
    private final Seen clockOverlap = new Seen();
    private final Seen replaced = new Seen();
    private final Seen noPartition = new Seen();
    private @Nullable Finding noTime;
    private @Nullable ScheduledTime noTimeAt;
    private @Nullable Window before;
    private int looked;

    /** The first of its kind, and how many there are. */
    private static final class Seen {
        private int count;
        private @Nullable Window earlier;
        private @Nullable Window first;

        void add(@Nullable Window before, Window window) {
            if (count++ == 0) {
                earlier = before;
                first = window;
            }
        }

        /** Both together, the first of them where there is one. */
        Seen or(Seen other) {
            Seen both = new Seen();
            both.count = count + other.count;
            both.earlier = first == null ? other.earlier : earlier;
            both.first = first == null ? other.first : first;
            return both;
        }
    }

    WindowSeries(SyncWindows windows) {
        this.windows = windows;
    }

    /** Goes on with runs that follow each other without others in between, but need not follow those before. */
    void stretch(List<ScheduledTime> runs) {
        before = null;
        for (ScheduledTime run : runs) {
            if (noTime != null) {
                // The others are malformed in the same way.
                return;
            }
            try {
                look(windows.at(run));
            } catch (WindowBound.NoTime e) {
                noTime = e.finding();
                noTimeAt = run;
            }
        }
    }

    private void look(Window window) {
        looked++;
        Instant begin = window.begin();
        Instant end = window.end();
        if (begin != null && end != null) {
            if (!begin.isBefore(end)) {
                empty.add(before, window);
            }
            if (end.isAfter(window.run().instant())) {
                ahead.add(before, window);
            }
            if (before != null && before.end() != null) {
                int joins = before.end().compareTo(begin);
                boolean clocks = joins != 0
                        && windows.clocksChange(
                                before.run().instant(), window.run().instant());
                if (joins < 0) {
                    (clocks ? clockGap : gap).add(before, window);
                } else if (joins > 0) {
                    (clocks ? clockOverlap : overlap).add(before, window);
                }
            }
        }
        if (window.place() != null) {
            places(window, window.place());
        }
        before = window;
    }

    private void places(Window window, Place place) {
        if (hasEmptyValue(place.partition())) {
            noPartition.add(before, window);
        }
        if (!windows.job().truncates()) {
            return;
        }
        ScheduledTime earlier = writtenBy.put(place, window.run());
        // Stretches may share a day.
        if (earlier != null && !earlier.equals(window.run())) {
            replaced.add(new Window(earlier, null, null, place), window);
        }
    }

    private static boolean hasEmptyValue(String partition) {
        if (partition.isBlank()) {
            return false;
        }
        for (String level : partition.split(",", -1)) {
            if (level.substring(level.indexOf('=') + 1).isBlank()) {
                return true;
            }
        }
        return false;
    }

    List<OutlookFinding> findings() {
        List<OutlookFinding> findings = new ArrayList<>();
        if (noTime != null && noTimeAt != null) {
            findings.add(new OutlookFinding(Kind.NO_WINDOW, 1, noTimeAt.local(), null, null, null, noTime));
        }
        if (empty.first != null) {
            findings.add(emptyWindow(empty.first));
        }
        if (ahead.first != null) {
            findings.add(endsAfterRun(ahead.first));
        }
        gap(gap, clockGap).ifPresent(findings::add);
        overlap(overlap, clockOverlap).ifPresent(findings::add);
        if (replaced.first != null && replaced.earlier != null) {
            findings.add(replaced(replaced.earlier, replaced.first));
        }
        if (noPartition.first != null) {
            findings.add(noPartition(noPartition.first));
        }
        return findings;
    }

    private OutlookFinding emptyWindow(Window first) {
        String message = "At the scheduled time " + Shown.minute(first.run().local()) + " the window ends at "
                + shown(first.end()) + " and begins at " + shown(first.begin()) + ": nothing is copied."
                + times(empty);
        String field = windows.job().readerField("endDateTime");
        String cure = "Let endDateTime be later than beginDateTime.";
        // Single ones may come from a change of clocks, and block nothing.
        return found(
                Kind.EMPTY_WINDOW,
                empty,
                local(first.begin()),
                local(first.end()),
                empty.count == looked ? Finding.error(field, message, cure) : Finding.warning(field, message, cure));
    }

    private OutlookFinding endsAfterRun(Window first) {
        return found(
                Kind.ENDS_AFTER_RUN,
                ahead,
                local(first.run().instant()),
                local(first.end()),
                Finding.warning(
                        windows.job().readerField("endDateTime"),
                        "At the scheduled time " + Shown.minute(first.run().local()) + " the window ends only at "
                                + shown(first.end()) + ": records that arrive in between are not copied."
                                + times(ahead),
                        "Let the window end before the scheduled time, some minutes before if producers are slow."));
    }

    private Optional<OutlookFinding> gap(Seen plain, Seen clocks) {
        return join(
                plain.count == 0 ? Kind.CLOCK_GAP : Kind.GAP,
                plain,
                clocks,
                (earlier, first) -> new Joint(
                        earlier.end(),
                        first.begin(),
                        " are copied by no run: the run at "
                                + Shown.minute(earlier.run().local()) + " ends there, the next one, at "
                                + Shown.minute(first.run().local()) + ", begins later."));
    }

    private Optional<OutlookFinding> overlap(Seen plain, Seen clocks) {
        return join(
                plain.count == 0 ? Kind.CLOCK_OVERLAP : Kind.OVERLAP,
                plain,
                clocks,
                (earlier, first) -> new Joint(
                        first.begin(),
                        earlier.end(),
                        " are copied twice: by the run at "
                                + Shown.minute(earlier.run().local()) + " and by the next one, at "
                                + Shown.minute(first.run().local()) + "."));
    }

    /** Where two windows do not meet, and what that means for the records there. */
    private record Joint(@Nullable Instant from, @Nullable Instant to, String meaning) {}

    private Optional<OutlookFinding> join(Kind kind, Seen plain, Seen clocks, BiFunction<Window, Window, Joint> joint) {
        Seen seen = plain.or(clocks);
        Window earlier = seen.earlier;
        Window first = seen.first;
        if (earlier == null || first == null) {
            return Optional.empty();
        }
        Joint at = joint.apply(earlier, first);
        return Optional.of(found(
                kind,
                seen,
                local(at.from()),
                local(at.to()),
                Finding.warning(
                        windows.job().readerField("beginDateTime"),
                        "Records from " + shown(at.from()) + " to " + shown(at.to()) + at.meaning() + times(seen),
                        plain.count == 0 ? CLOCKS_CHANGE : SAME_LENGTH)));
    }

    private OutlookFinding replaced(Window earlier, Window first) {
        String partition = first.place() == null ? "" : first.place().partition();
        return found(
                Kind.PARTITION_REPLACED,
                replaced,
                earlier.run().local(),
                first.run().local(),
                Finding.warning(
                        windows.job().writerField(partition.isEmpty() ? "truncate" : "partition"),
                        "The runs at " + Shown.minute(earlier.run().local()) + " and "
                                + Shown.minute(first.run().local())
                                + " write to the same place" + (partition.isEmpty() ? "" : " (" + partition + ")")
                                + ": the later one replaces what the earlier one wrote." + times(replaced),
                        "Give each window its own partition, or choose INSERT INTO (truncate: false)."));
    }

    private OutlookFinding noPartition(Window first) {
        String partition = first.place() == null ? "" : first.place().partition();
        return found(
                Kind.PARTITION_EMPTY,
                noPartition,
                null,
                null,
                Finding.error(
                        windows.job().writerField("partition"),
                        "At the scheduled time " + Shown.minute(first.run().local()) + " the partition becomes '"
                                + partition + "', and a partition key cannot be empty." + times(noPartition),
                        "Give the parameter in it a value."));
    }

    private OutlookFinding found(
            Kind kind, Seen seen, @Nullable LocalDateTime from, @Nullable LocalDateTime to, Finding finding) {
        Place place = seen.first == null ? null : seen.first.place();
        return new OutlookFinding(
                kind,
                seen.count,
                seen.first == null ? null : seen.first.run().local(),
                from,
                to,
                place == null || place.partition().isEmpty() ? null : place.partition(),
                finding);
    }

    private static String times(Seen seen) {
        return seen.count == 1
                ? ""
                : String.format(Locale.ROOT, " It happens %,d times in the coming year.", seen.count);
    }

    private @Nullable LocalDateTime local(@Nullable Instant instant) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, windows.zone());
    }

    private String shown(@Nullable Instant instant) {
        return instant == null ? "?" : Shown.minute(instant, windows.zone());
    }
}
