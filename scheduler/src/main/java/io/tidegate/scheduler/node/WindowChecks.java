package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.parameter.Placeholders;
import io.tidegate.scheduler.parameter.UnresolvedParameterException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the windows that a batch synchronization will read at its next scheduled times: whether they are times at all,
 * whether they join without gap or overlap, and whether each goes to its own partition.
 */
final class WindowChecks {
    private static final Pattern FOURTEEN_DIGITS = Pattern.compile("\\d{14}");
    private static final DateTimeFormatter WINDOW_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    /** Enough for a whole day of a node that runs every minute, and its first time of the next day. */
    private static final int LOOKED_AT = 24 * 60 + 1;

    private final SyncJobView job;
    /** In which the window's bounds are meant; the scheduled times are in the workspace's. */
    private final ZoneId windowZone;

    private final List<Finding> findings = new ArrayList<>();

    private record Window(ScheduledTime at, LocalDateTime begin, LocalDateTime end, String partition) {}

    private WindowChecks(SyncJobView job, ZoneId windowZone) {
        this.job = job;
        this.windowZone = windowZone;
    }

    static List<Finding> of(SyncJobView job, NodeDocument document, ZoneId zone, Instant now) {
        WindowChecks checks = new WindowChecks(job, windowZone(job, zone));
        List<ScheduledTime> times = NextTimes.of(document.schedule(), now, LOOKED_AT, zone);
        if (times.isEmpty()) {
            return List.of();
        }
        ResolvedParameters parameters = new ResolvedParameters(document, zone);
        List<Window> windows = checks.windows(times, parameters);
        checks.empty(windows);
        checks.ahead(windows);
        checks.joins(windows);
        checks.partitions(windows);
        return checks.findings;
    }

    /** Stops at the first time that is malformed: the others are malformed in the same way. */
    private List<Window> windows(List<ScheduledTime> times, ResolvedParameters parameters) {
        List<Window> windows = new ArrayList<>();
        for (ScheduledTime time : times) {
            Map<String, String> values = parameters.at(time);
            LocalDateTime begin = bound("beginDateTime", time, values);
            LocalDateTime end = bound("endDateTime", time, values);
            if (begin == null || end == null) {
                return List.of();
            }
            windows.add(new Window(time, begin, end, replaced(job.writer("partition"), values)));
        }
        return windows;
    }

    private @Nullable LocalDateTime bound(String field, ScheduledTime time, Map<String, String> values) {
        String written = job.reader(field);
        String value = replaced(written, values);
        if (value.isEmpty() || value.contains("${")) {
            return null;
        }
        String becomes = field + " becomes '" + value + "' at the scheduled time " + shown(time.local());
        if (!FOURTEEN_DIGITS.matcher(value).matches()) {
            boolean digits = value.chars().allMatch(c -> c >= '0' && c <= '9');
            findings.add(Finding.error(
                    job.readerField(field),
                    digits
                            ? becomes + ": these are " + value.length() + " digits, and yyyymmddhh24miss has 14."
                            : becomes + ", which is not a time of the form yyyymmddhh24miss.",
                    "Correct the scheduling parameters in " + written
                            + ", for example $[yyyymmddhh24]0000 with four zeros."));
            return null;
        }
        try {
            return LocalDateTime.parse(value, WINDOW_TIME);
        } catch (DateTimeParseException e) {
            findings.add(Finding.error(
                    job.readerField(field),
                    becomes + ", and there is no such date or time of day.",
                    "Correct the scheduling parameters in " + written + "."));
            return null;
        }
    }

    private void empty(List<Window> windows) {
        List<Window> empty = windows.stream()
                .filter(window -> !window.begin().isBefore(window.end()))
                .toList();
        if (empty.isEmpty()) {
            return;
        }
        Window first = empty.get(0);
        String message = "At the scheduled time " + shown(first.at().local()) + " the window ends at "
                + shown(first.end()) + " and begins at " + shown(first.begin()) + ": nothing is copied.";
        String cure = "Let endDateTime be later than beginDateTime.";
        // Single ones may come from a change of clocks, and block nothing.
        findings.add(
                empty.size() == windows.size()
                        ? Finding.error(job.readerField("endDateTime"), message, cure)
                        : Finding.warning(job.readerField("endDateTime"), message, cure));
    }

    private void ahead(List<Window> windows) {
        windows.stream()
                .filter(window -> window.end()
                        .atZone(windowZone)
                        .toInstant()
                        .isAfter(window.at().instant()))
                .findFirst()
                .ifPresent(window -> findings.add(Finding.warning(
                        job.readerField("endDateTime"),
                        "At the scheduled time " + shown(window.at().local()) + " the window ends only at "
                                + shown(window.end()) + ": records that arrive in between are not copied.",
                        "Let the window end before the scheduled time, some minutes before if producers are slow.")));
    }

    private void joins(List<Window> windows) {
        boolean gap = false;
        boolean overlap = false;
        for (int i = 1; i < windows.size(); i++) {
            Window before = windows.get(i - 1);
            Window after = windows.get(i);
            if (!gap && before.end().isBefore(after.begin())) {
                gap = true;
                findings.add(Finding.warning(
                        job.readerField("beginDateTime"),
                        "Records from " + shown(before.end()) + " to " + shown(after.begin())
                                + " are copied by no run: the run at "
                                + shown(before.at().local())
                                + " ends there, the next one, at "
                                + shown(after.at().local()) + ", begins later.",
                        "Let each window be as long as the interval of the schedule."));
            }
            if (!overlap && before.end().isAfter(after.begin())) {
                overlap = true;
                findings.add(Finding.warning(
                        job.readerField("beginDateTime"),
                        "Records from " + shown(after.begin()) + " to " + shown(before.end())
                                + " are copied twice: by the run at "
                                + shown(before.at().local())
                                + " and by the next one, at " + shown(after.at().local()) + ".",
                        "Let each window be as long as the interval of the schedule."));
            }
        }
    }

    private void partitions(List<Window> windows) {
        for (int i = 1; i < windows.size(); i++) {
            Window before = windows.get(i - 1);
            Window after = windows.get(i);
            if (before.partition().equals(after.partition()) && job.truncates()) {
                findings.add(Finding.warning(
                        job.writerField(after.partition().isEmpty() ? "truncate" : "partition"),
                        "The runs at " + shown(before.at().local()) + " and "
                                + shown(after.at().local())
                                + " write to the same place" + partitionName(after)
                                + ": the later one replaces what the earlier one wrote.",
                        "Give each window its own partition, or choose INSERT INTO (truncate: false)."));
                return;
            }
        }
    }

    /** A zone that does not exist is the engine's parser's to complain about. */
    private static ZoneId windowZone(SyncJobView job, ZoneId workspaceZone) {
        try {
            return job.reader("timeZone").isEmpty() ? workspaceZone : ZoneId.of(job.reader("timeZone"));
        } catch (DateTimeException e) {
            return workspaceZone;
        }
    }

    private static String partitionName(Window window) {
        return window.partition().isEmpty() ? "" : " (" + window.partition() + ")";
    }

    private static String replaced(String text, Map<String, String> values) {
        try {
            return Placeholders.replace(text, values);
        } catch (UnresolvedParameterException e) {
            return text;
        }
    }

    private static String shown(LocalDateTime time) {
        return SHOWN.format(time);
    }
}
