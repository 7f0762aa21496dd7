package io.tidegate.scheduler.parameter;

import io.tidegate.scheduler.parameter.ExpressionPart.TimeByDays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects, while an expression is read, what is allowed in it and probably not meant. Indexes count from 0. */
final class Hints {
    private static final long DAY_SECONDS = 86_400;

    private final List<ParameterHint> found = new ArrayList<>();
    private final List<Placed> times = new ArrayList<>();

    /** A part over the scheduled time, and where its offset, or it itself, stands. */
    private record Placed(TimeByDays part, int from, int to) {}

    List<ParameterHint> byColumn() {
        for (Placed placed : times) {
            timeOfDayApartFromItsDate(placed);
        }
        times.clear();
        found.sort(Comparator.comparingInt(ParameterHint::column));
        return List.copyOf(found);
    }

    void constant(String text, int from) {
        String small = text.toLowerCase(Locale.ROOT);
        int format = small.contains("yyyy") ? small.indexOf("yyyy") : small.indexOf("hh24");
        if (format >= 0) {
            add(
                    from + format,
                    from + format + 4,
                    "this is plain text; for a date write ${yyyymmdd}, for a time $[yyyymmddhh24mi]");
        }
    }

    void misplacedToken(List<FormatElement> before, FormatToken token, int at) {
        FormatToken previous = null;
        for (FormatElement element : before) {
            previous = element instanceof FormatToken earlier ? earlier : previous;
        }
        if (token == FormatToken.MM && previous == FormatToken.HH24) {
            add(at, at + 2, "mm is the month, also after the hour; the minute is mi");
        }
        if (token == FormatToken.MI && (previous == FormatToken.YYYY || previous == FormatToken.YY)) {
            add(at, at + 2, "mi is the minute, also after the year; the month is mm");
        }
    }

    void textInFormat(String text, int at, int from) {
        char c = text.charAt(at);
        // T and Z are in ISO 8601 times and nobody takes them for anything else.
        if (Source.isLetter(c) && c != 'T' && c != 'Z') {
            add(at, at + 1, "'" + c + "' stands for nothing and stays as it is; tokens are yyyy yy mm dd hh24 mi ss");
        }
        boolean afterOperator = at > from && (text.charAt(at - 1) == '/' || text.charAt(at - 1) == '*');
        if (Source.isDigit(c) && afterOperator) {
            add(at - 1, at + 1, "without a sign this is text, no offset; an offset is written e.g. -1/24");
        }
    }

    void scheduledTime(TimeByDays part, int from, int sign, int to) {
        Offset offset = part.offset();
        if (offset == null) {
            times.add(new Placed(part, from, to));
            return;
        }
        times.add(new Placed(part, sign, to));
        zero(offset, sign, to);
        wholeDaysWithoutDay(part.format(), offset, sign, to);
        if (!offset.isWholeTimes(DAY_SECONDS)) {
            add(sign, to, "the offset is no whole number of seconds; what is left over is cut off toward the past");
        }
        if (offset.factors().equals(List.of(new Offset.Factor(true, 60)))) {
            add(sign, to, "a day divided by 60 is 24 minutes; a minute is 1/24/60");
        }
    }

    /** {@code $[yyyymm-1]} is the month of yesterday; many mean last month. */
    private void wholeDaysWithoutDay(Format format, Offset offset, int sign, int to) {
        long days = offset.isWhole() ? offset.floorTimes(1) : 0;
        if (days == 0 || !format.hasDate() || format.has(FormatToken.DD)) {
            return;
        }
        boolean months = format.has(FormatToken.MM);
        String instead = "$[add_months(" + format.text() + "," + (months ? days : days * 12) + ")]";
        String count = Math.abs(days) + (Math.abs(days) == 1 ? " day" : " days");
        add(
                sign,
                to,
                "the offset is " + count + ", whatever the format; for " + (months ? "months" : "years") + " write "
                        + instead);
    }

    void zero(Offset offset, int from, int to) {
        if (offset.numerator().signum() == 0) {
            add(from, to, "the offset is zero and moves nothing");
        }
    }

    private void timeOfDayApartFromItsDate(Placed placed) {
        Offset offset = placed.part().offset();
        Format format = placed.part().format();
        if (offset == null || offset.isWhole() || format.hasDate() || !format.hasTimeOfDay()) {
            return;
        }
        boolean dateMovesAlong = times.stream()
                .anyMatch(other -> other.part().format().has(FormatToken.DD)
                        && sameOffset(other.part().offset(), offset));
        if (!dateMovesAlong) {
            add(
                    placed.from(),
                    placed.to(),
                    "shortly after midnight this is a time of the day before; give the date the same offset, e.g. $[yyyymmdd"
                            + offset.text() + "]");
        }
    }

    private static boolean sameOffset(@Nullable Offset one, Offset other) {
        return one != null
                && one.numerator()
                        .multiply(other.denominator())
                        .equals(other.numerator().multiply(one.denominator()));
    }

    private void add(int from, int to, String text) {
        found.add(new ParameterHint(from + 1, Math.max(1, to - from), text));
    }
}
