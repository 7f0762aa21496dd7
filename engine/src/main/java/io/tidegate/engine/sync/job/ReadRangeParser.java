package io.tidegate.engine.sync.job;

import io.tidegate.engine.plan.Lateness;
import io.tidegate.engine.plan.ReadRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads which records a reader step asks for: a window of time, or offsets. */
final class ReadRangeParser {
    private static final DateTimeFormatter DIGITS_14 =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final long MILLIS_MAX = 253_402_300_799_999L;

    private final ObjectFields fields;
    private final Problems problems;
    private final ZoneId zone;

    ReadRangeParser(ObjectFields fields, Problems problems, ZoneId zone) {
        this.fields = fields;
        this.problems = problems;
        this.zone = zone;
    }

    /** The range, or null when something is wrong with it. */
    @Nullable ReadRange read() {
        ZoneId timeZone = timeZone();
        Lateness lateness = lateness();
        refuseType("beginType", "earliest and current are not supported yet");
        refuseType("endType", "latest is not supported yet");
        Bound begin = bound("begin", timeZone);
        Bound end = bound("end", timeZone);
        if (begin == null || end == null) {
            return null;
        }
        if (begin.offset() != null && end.offset() != null) {
            return offsets(begin.offset(), end.offset());
        }
        if (begin.instant() == null || end.instant() == null) {
            problems.add(
                    fields.pathOf(end.name()),
                    "does not go with %s. Give both ends as times, or both as offsets.".formatted(begin.name()));
            return null;
        }
        if (begin.placeholder() || end.placeholder()) {
            return new ReadRange.Window(Instant.EPOCH, Instant.MAX, lateness);
        }
        if (!begin.instant().isBefore(end.instant())) {
            problems.add(
                    fields.pathOf(end.name()),
                    "'%s' must lie after %s '%s': the window would be empty."
                            .formatted(fields.text(end.name()), begin.name(), fields.text(begin.name())));
            return null;
        }
        return new ReadRange.Window(begin.instant(), end.instant(), lateness);
    }

    private @Nullable ReadRange offsets(long begin, long end) {
        if (fields.has("allowedLateness")) {
            problems.add(fields.pathOf("allowedLateness"), "has no meaning when offsets are read. Remove it.");
        }
        if (end < begin) {
            problems.add(fields.pathOf("endOffset"), "'%d' must not be below beginOffset '%d'.".formatted(end, begin));
            return null;
        }
        return new ReadRange.Offsets(begin, end);
    }

    private void refuseType(String name, String otherwise) {
        String type = fields.text(name, "specific");
        if (!type.equals("specific") && !problems.isPlaceholder(type)) {
            problems.add(
                    fields.pathOf(name),
                    "'%s': only specific is supported (%s). Write specific and the times of the window."
                            .formatted(type, otherwise));
        }
    }

    /** One end of the range. Exactly one of instant and offset is there. */
    private record Bound(
            String name,
            @Nullable Instant instant,
            @Nullable Long offset,
            boolean placeholder) {}

    private @Nullable Bound bound(String side, ZoneId timeZone) {
        String dateTime = side + "DateTime";
        String millis = side + "TimestampMillis";
        String offset = side + "Offset";
        int given = (fields.has(dateTime) ? 1 : 0) + (fields.has(millis) ? 1 : 0) + (fields.has(offset) ? 1 : 0);
        if (given == 0) {
            problems.add(
                    fields.pathOf(dateTime),
                    "missing. Write 14 digits, yyyyMMddHHmmss, or a scheduling parameter as ${%sTime}."
                            .formatted(side.equals("begin") ? "start" : "end"));
            return null;
        }
        if (given > 1) {
            problems.add(fields.pathOf(dateTime), "keep one of %s, %s and %s.".formatted(dateTime, millis, offset));
            return null;
        }
        if (fields.has(offset)) {
            return offset(offset);
        }
        if (fields.has(millis)) {
            boolean placeholder = problems.isPlaceholder(fields.text(millis, ""));
            Long number = fields.number(millis, 0, MILLIS_MAX);
            return number == null ? null : new Bound(millis, Instant.ofEpochMilli(number), null, placeholder);
        }
        return dateTime(dateTime, timeZone);
    }

    private @Nullable Bound offset(String name) {
        String text = fields.text(name, "");
        if (text.startsWith("seekTo")) {
            problems.add(
                    fields.pathOf(name),
                    "'%s' is not supported, because its outcome depends on when the copy runs. Write a number."
                            .formatted(text));
            return null;
        }
        Long number = fields.number(name, 0, Long.MAX_VALUE);
        return number == null ? null : new Bound(name, null, number, problems.isPlaceholder(text));
    }

    private @Nullable Bound dateTime(String name, ZoneId timeZone) {
        String text = fields.text(name, "");
        if (problems.isPlaceholder(text)) {
            return new Bound(name, Instant.EPOCH, null, true);
        }
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9') || text.length() != 14) {
            problems.add(fields.pathOf(name), wrongDigits(text));
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.parse(text, DIGITS_14);
            return new Bound(name, local.atZone(timeZone).toInstant(), null, false);
        } catch (DateTimeException e) {
            problems.add(fields.pathOf(name), "'%s' is no point in time: yyyyMMddHHmmss.".formatted(text));
            return null;
        }
    }

    private static String wrongDigits(String text) {
        if (text.contains("${")) {
            return "'%s' still holds a scheduling parameter that has no value. Assign it in the node's parameters."
                    .formatted(text);
        }
        long digits = text.chars().filter(c -> c >= '0' && c <= '9').count();
        if (digits == text.length()) {
            return "'%s' has %d digits, not 14 (yyyyMMddHHmmss). Check the zeros after the scheduling parameter."
                    .formatted(text, digits);
        }
        return "'%s' must be 14 digits, yyyyMMddHHmmss.".formatted(text);
    }

    private ZoneId timeZone() {
        String name = fields.text("timeZone", "");
        try {
            return name.isEmpty() ? zone : ZoneId.of(name);
        } catch (DateTimeException e) {
            if (!problems.isPlaceholder(name)) {
                problems.add(
                        fields.pathOf("timeZone"), "'%s' is no time zone, as Asia/Shanghai or GMT+8.".formatted(name));
            }
            return zone;
        }
    }

    private Lateness lateness() {
        String text = fields.text("allowedLateness");
        if (text == null || problems.isPlaceholder(text)) {
            return Lateness.DEFAULT;
        }
        try {
            return Lateness.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(
                    fields.pathOf("allowedLateness"),
                    "'%s' must be an ISO-8601 duration, as PT1H, or log-end.".formatted(text));
            return Lateness.DEFAULT;
        }
    }
}
