package io.tidegate.engine.sync.job;

import io.tidegate.engine.plan.Bound;
import io.tidegate.engine.plan.Lateness;
import io.tidegate.engine.plan.OffsetReset;
import io.tidegate.engine.plan.ReadRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which records a reader step asks for, each bound for itself: a time, an offset, or a place in the log. */
final class ReadRangeParser {
    private static final DateTimeFormatter DIGITS_14 =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final long WAIT_SECONDS_MAX = 86_400;
    /** The year 2000: Kafka is younger, so that a smaller number of milliseconds is most likely one of seconds. */
    private static final long MILLIS_PLAUSIBLE_MIN = 946_684_800_000L;

    private static final Duration LATENESS_MAX = Duration.ofDays(3650);
    private static final long MILLIS_MAX = 253_402_300_799_999L;

    private final ObjectFields fields;
    private final Problems problems;
    private final ZoneId zone;
    private final @Nullable String groupId;

    /**
     * @param groupId the reader's consumer group, wherever it is named; null for none
     */
    ReadRangeParser(ObjectFields fields, Problems problems, ZoneId zone, @Nullable String groupId) {
        this.fields = fields;
        this.problems = problems;
        this.zone = zone;
        this.groupId = groupId;
    }

    /** The range, or null when something is wrong with it. */
    @Nullable ReadRange read(OffsetReset reset) {
        Duration quietFor = quietFor();
        ZoneId timeZone = timeZone();
        Lateness lateness = lateness();
        Named begin = begin(timeZone);
        Named end = end(timeZone);
        if (begin == null || end == null) {
            return null;
        }
        if (begin.bound() instanceof Bound.Committed) {
            warnOfGroup(begin);
        } else if (begin.bound() instanceof Bound.Latest) {
            problems.warn(
                    fields.pathOf(begin.name()),
                    "Beginning at the log end reads nothing: a copy ends where the log ended when it was planned.");
        }
        warnOfUselessLateness(begin, end);
        return begin.placeholder() || end.placeholder()
                ? standIn(begin, end, lateness)
                : range(begin, end, lateness, reset, quietFor);
    }

    /** The bounds are not known yet, but which kind they are. */
    private static ReadRange standIn(Named begin, Named end, Lateness lateness) {
        boolean bothTimes = begin.bound() instanceof Bound.At && end.bound() instanceof Bound.At;
        return bothTimes
                ? ReadRange.window(Instant.EPOCH, Instant.MAX, lateness)
                : new ReadRange(new Bound.Earliest(), new Bound.Latest(), lateness, OffsetReset.NONE, null);
    }

    private @Nullable ReadRange range(
            Named begin, Named end, Lateness lateness, OffsetReset reset, @Nullable Duration quietFor) {
        if (begin.bound() instanceof Bound.At from
                && end.bound() instanceof Bound.At to
                && !from.instant().isBefore(to.instant())) {
            problems.add(
                    fields.pathOf(end.name()),
                    "'%s' must lie after %s '%s': the window would be empty."
                            .formatted(fields.text(end.name()), begin.name(), fields.text(begin.name())));
            return null;
        }
        if (begin.bound() instanceof Bound.Offset from
                && end.bound() instanceof Bound.Offset to
                && to.offset() < from.offset()) {
            problems.add(
                    fields.pathOf(end.name()),
                    "'%d' must not be below beginOffset '%d'.".formatted(to.offset(), from.offset()));
            return null;
        }
        return new ReadRange(begin.bound(), end.bound(), lateness, reset, quietFor);
    }

    /** The exit strategy; null for the one that ends at the end of the range. */
    private @Nullable Duration quietFor() {
        boolean untilQuiet = fields.bool("stopWhenPollEmpty", false);
        // The manual writes it with a capital I; people who mend that mean the same.
        Long asWritten = fields.number("waitTIme", 1, WAIT_SECONDS_MAX);
        Long mended = fields.number("waitTime", 1, WAIT_SECONDS_MAX);
        if (asWritten != null && mended != null && !asWritten.equals(mended)) {
            problems.add(
                    fields.pathOf("waitTime"),
                    "'%d' contradicts waitTIme '%d'. Keep one of the two.".formatted(mended, asWritten));
        }
        if (fields.bool("stopWhenReachEndOffset", false)) {
            problems.note("stopWhenReachEndOffset has no effect: a copy always reads to the end of its plan.");
        }
        if (!untilQuiet) {
            return null;
        }
        long seconds = asWritten != null ? asWritten : mended != null ? mended : 60;
        problems.warn(
                fields.pathOf("stopWhenPollEmpty"),
                "The copy is planned once each partition has a record at or after the end, or got no record for %d seconds. A partition that only pauses for longer ends too early; write false to end at the end of the range without waiting."
                        .formatted(seconds));
        return Duration.ofSeconds(seconds);
    }

    private void warnOfGroup(Named begin) {
        String path = fields.pathOf(begin.name());
        problems.warn(
                path,
                "Reading from a group's offset cannot be repeated: each successful copy moves the group on, a test run or a backfill too, so that a rerun by hand reads other records, and with truncate true it replaces the partition by them. A window of time can be repeated.");
        problems.warn(
                path,
                "Consumer group %s must belong to this node alone. Let the node depend on its own previous cycle, so that two copies never begin at the same offset."
                        .formatted(groupId));
    }

    private void warnOfUselessLateness(Named begin, Named end) {
        if (fields.text("allowedLateness") == null) {
            return;
        }
        if (begin.bound() instanceof Bound.Committed) {
            problems.warn(
                    fields.pathOf("allowedLateness"),
                    "allowedLateness has no effect here: the copy ends at the first record at or after the end, and the next one goes on there.");
        } else if (!(end.bound() instanceof Bound.At)) {
            problems.warn(
                    fields.pathOf("allowedLateness"),
                    "allowedLateness has no effect here: it says how far an end that is a time is read past.");
        }
    }

    /**
     * One end of the range.
     *
     * @param name the parameter it was read from
     * @param placeholder whether it still holds a scheduling parameter, so that only its kind is known
     */
    private record Named(String name, Bound bound, boolean placeholder) {}

    private @Nullable Named begin(ZoneId timeZone) {
        String type = fields.text("beginType", "specific");
        return switch (type) {
            case "specific" -> specific("begin", timeZone);
            case "earliest" -> named("begin", "beginType", type, new Bound.Earliest());
            case "current" -> named("begin", "beginType", type, ofGroup("beginType", type));
            default -> wrongType("begin", type, "specific, earliest or current");
        };
    }

    private @Nullable Named end(ZoneId timeZone) {
        String type = fields.text("endType", "specific");
        return switch (type) {
            case "specific" -> specific("end", timeZone);
            case "latest" -> named("end", "endType", type, new Bound.Latest());
            default -> wrongType("end", type, "specific or latest");
        };
    }

    private @Nullable Named wrongType(String side, String type, String allowed) {
        String name = side + "Type";
        // Which of them are needed the type would say.
        fields.accept(side + "DateTime", side + "TimestampMillis", side + "Offset");
        if (problems.isPlaceholder(type)) {
            return new Named(name, new Bound.Latest(), true);
        }
        problems.add(fields.pathOf(name), "'%s' must be %s.".formatted(type, allowed));
        return null;
    }

    /** A bound that its type alone names; times and offsets that stand beside it are left over from another type. */
    private @Nullable Named named(String side, String name, String type, @Nullable Bound bound) {
        for (String unused : List.of(side + "DateTime", side + "TimestampMillis", side + "Offset")) {
            if (fields.text(unused) != null) {
                problems.warn(
                        fields.pathOf(unused), "%s has no effect, because %s is %s.".formatted(unused, name, type));
            }
        }
        return bound == null ? null : new Named(name, bound, false);
    }

    private @Nullable Bound ofGroup(String name, String value) {
        if (groupId == null) {
            problems.add(
                    fields.pathOf("groupId"),
                    "missing. %s %s reads on where this consumer group stands; name one that nobody else uses."
                            .formatted(name, value));
            return null;
        }
        return new Bound.Committed(groupId);
    }

    private @Nullable Named specific(String side, ZoneId timeZone) {
        String dateTime = side + "DateTime";
        String millis = side + "TimestampMillis";
        String offset = side + "Offset";
        // Documents of the wizard hold the unused ones as empty text.
        List<String> given = Stream.of(dateTime, millis, offset)
                .filter(name -> fields.text(name) != null)
                .toList();
        if (given.isEmpty()) {
            problems.add(
                    fields.pathOf(dateTime),
                    "missing. Write 14 digits, yyyyMMddHHmmss, or a scheduling parameter as ${%sTime}."
                            .formatted(side.equals("begin") ? "start" : "end"));
            return null;
        }
        if (given.size() > 1) {
            problems.add(fields.pathOf(dateTime), "keep one of %s, %s and %s.".formatted(dateTime, millis, offset));
            return null;
        }
        if (given.contains(offset)) {
            return offset(offset);
        }
        if (given.contains(millis)) {
            boolean placeholder = problems.isPlaceholder(fields.text(millis, ""));
            Long number = fields.number(millis, 0, MILLIS_MAX);
            if (number != null && number < MILLIS_PLAUSIBLE_MIN && !placeholder) {
                problems.warn(
                        fields.pathOf(millis),
                        "%s %d is %s: the number counts milliseconds since 1970, not seconds."
                                .formatted(millis, number, Instant.ofEpochMilli(number)));
            }
            return number == null ? null : new Named(millis, new Bound.At(Instant.ofEpochMilli(number)), placeholder);
        }
        return dateTime(dateTime, timeZone);
    }

    private @Nullable Named offset(String name) {
        String text = fields.text(name, "");
        if (name.equals("beginOffset") && text.startsWith("seekTo")) {
            Bound bound = switch (text) {
                case "seekToBeginning" -> new Bound.Earliest();
                case "seekToLast" -> ofGroup(name, text);
                case "seekToEnd" -> new Bound.Latest();
                default -> {
                    problems.add(
                            fields.pathOf(name),
                            "'%s' must be a number, seekToBeginning, seekToLast or seekToEnd.".formatted(text));
                    yield null;
                }
            };
            return bound == null ? null : new Named(name, bound, false);
        }
        Long number = fields.number(name, 0, Long.MAX_VALUE);
        return number == null ? null : new Named(name, new Bound.Offset(number), problems.isPlaceholder(text));
    }

    private @Nullable Named dateTime(String name, ZoneId timeZone) {
        String text = fields.text(name, "");
        if (problems.isPlaceholder(text)) {
            return new Named(name, new Bound.At(Instant.EPOCH), true);
        }
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9') || text.length() != 14) {
            problems.add(fields.pathOf(name), wrongDigits(text));
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.parse(text, DIGITS_14);
            return new Named(name, new Bound.At(local.atZone(timeZone).toInstant()), false);
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
            Lateness lateness = Lateness.parse(text);
            if (lateness.duration() != null && lateness.duration().compareTo(LATENESS_MAX) > 0) {
                throw new IllegalArgumentException("longer than any log");
            }
            return lateness;
        } catch (IllegalArgumentException e) {
            problems.add(
                    fields.pathOf("allowedLateness"),
                    "'%s' must be an ISO-8601 duration, as PT1H, of ten years at most, or log-end.".formatted(text));
            return Lateness.DEFAULT;
        }
    }
}
