package io.tidegate.scheduler.parameter;

import io.tidegate.scheduler.parameter.ExpressionPart.BuiltInValue;
import io.tidegate.scheduler.parameter.ExpressionPart.BusinessDate;
import io.tidegate.scheduler.parameter.ExpressionPart.TimeByDays;
import io.tidegate.scheduler.parameter.ExpressionPart.TimeByMonths;
import java.util.Locale;

/** Reads what stands between the brackets of <code>${…}</code> and {@code $[…]}. */
final class BracketReader {
    /** A thousand years, so that no offset leaves the calendar. */
    private static final int YEARS_MAX = 1_000;

    private static final String ADD_MONTHS = "add_months";
    private static final String LEGACY = "bdp.system.";

    private final Source source;
    private final int from;
    private final int to;
    private final Hints hints;

    /** For the text in [from, to), without the brackets. */
    BracketReader(Source source, int from, int to, Hints hints) {
        this.source = source;
        this.from = from;
        this.to = to;
        this.hints = hints;
    }

    ExpressionPart businessDate() {
        requireText("${}", "${yyyymmdd}");
        String body = source.text().substring(from, to);
        if (body.equals(LEGACY + BuiltIn.BIZDATE.word())) {
            return new BuiltInValue(BuiltIn.BIZDATE, true);
        }
        if (body.equals(LEGACY + BuiltIn.CYCTIME.word())) {
            return new BuiltInValue(BuiltIn.CYCTIME, true);
        }
        int addMonths = indexOfAddMonths();
        if (addMonths >= 0) {
            throw source.error(
                    addMonths,
                    addMonths + ADD_MONTHS.length(),
                    "add_months stands in square brackets only",
                    "write $[add_months(yyyymmdd,-1)], or ${yyyymm-1} for months of the business date");
        }
        requireNoName(body);
        var reader = new FormatReader(source, from, to, true, hints);
        Format format = reader.read();
        int sign = reader.end();
        Offset offset = sign < to ? offset(sign) : null;
        var part = new BusinessDate(format, offset);
        if (offset != null) {
            requireWholeUnits(offset, sign);
            requireWithin(
                    offset,
                    sign,
                    switch (part.unit()) {
                        case DD -> YEARS_MAX * 366L;
                        case MM -> YEARS_MAX * 12L;
                        case YYYY, YY, HH24, MI, SS -> YEARS_MAX;
                    });
            hints.zero(offset, sign, to);
        }
        return part;
    }

    ExpressionPart scheduledTime() {
        requireText("$[]", "$[yyyymmddhh24mi]");
        int addMonths = indexOfAddMonths();
        if (addMonths >= 0) {
            if (addMonths != source.skipSpaces(from, to)) {
                throw source.error(
                        addMonths,
                        addMonths + ADD_MONTHS.length(),
                        "add_months must be all that the brackets hold",
                        "write text and other formats outside, e.g. $[yyyy]-$[add_months(mm,-1)]");
            }
            return byMonths(addMonths);
        }
        var reader = new FormatReader(source, from, to, false, hints);
        Format format = reader.read();
        int sign = reader.end();
        Offset offset = sign < to ? offset(sign) : null;
        if (offset != null) {
            requireWithin(offset, sign, YEARS_MAX * 366L);
        }
        var part = new TimeByDays(format, offset);
        hints.scheduledTime(part, from, sign, to);
        return part;
    }

    /** {@code add_months(format, months)}; the format may hold commas, so the last one counts. */
    private ExpressionPart byMonths(int start) {
        int name = start + ADD_MONTHS.length();
        if (!source.text().startsWith(ADD_MONTHS, start)) {
            throw source.error(start, name, "add_months is written in small letters", "write add_months");
        }
        int open = source.skipSpaces(name, to);
        if (source.at(open, to) != '(') {
            throw source.error(open, open + 1, "'(' is missing after add_months", "write $[add_months(yyyymmdd,-1)]");
        }
        int close = source.text().lastIndexOf(')', to - 1);
        if (close < open) {
            throw source.error(to, to + 1, "')' is missing", "close add_months before the bracket");
        }
        int behind = source.skipSpaces(close + 1, to);
        if (behind < to) {
            throw source.error(
                    behind,
                    to,
                    "nothing may follow add_months(…) in the brackets",
                    "add_months takes no further offset; write text behind the closing bracket");
        }
        int comma = source.text().lastIndexOf(',', close);
        if (comma < open) {
            throw source.error(close, close + 1, "the number of months is missing", "write $[add_months(yyyymmdd,-1)]");
        }
        var reader = new FormatReader(source, open + 1, comma, false, hints);
        Format format = reader.read();
        if (reader.end() < comma) {
            throw source.error(
                    reader.end(),
                    comma,
                    "an offset in days cannot stand inside add_months",
                    "write the format alone, and the months behind the comma");
        }
        Offset months = months(comma + 1, close);
        hints.zero(months, comma + 1, close);
        return new TimeByMonths(format, months);
    }

    private Offset months(int start, int close) {
        int number = source.skipSpaces(start, close);
        var reader = new OffsetReader(source, number, close);
        Offset months = reader.read();
        if (reader.end() < close) {
            throw source.error(
                    reader.end(),
                    close,
                    "the number of months is not understood",
                    "write a whole number, e.g. -1 or 12*2");
        }
        requireWholeUnits(months, number);
        requireWithin(months, number, YEARS_MAX * 12L);
        return months;
    }

    private Offset offset(int sign) {
        var reader = new OffsetReader(source, sign, to);
        Offset offset = reader.read();
        if (reader.end() < to) {
            throw source.error(
                    sign,
                    reader.end(),
                    "digits after a sign are an offset, and an offset stands at the end",
                    "move the offset to the end, or fixed digits outside the brackets, e.g. ${yyyy}-01-01");
        }
        return offset;
    }

    /** The grammar has {@code ['*' int]} here and no division: these units cannot be split. */
    private void requireWholeUnits(Offset offset, int start) {
        for (int i = start; i < to; i++) {
            if (source.text().charAt(i) == '/') {
                throw source.error(
                        i,
                        i + 1,
                        "only whole days, months and years can be moved by here",
                        "write $[…] with an offset such as -1/24 for hours");
            }
        }
        if (offset.factors().size() > 1) {
            int second = source.text().lastIndexOf('*', to - 1);
            throw source.error(second, second + 1, "one multiplication at most", "write the product");
        }
    }

    private void requireWithin(Offset offset, int start, long limit) {
        if (!offset.isWithin(limit)) {
            throw source.error(start, to, "the offset is more than " + YEARS_MAX + " years", "write a smaller offset");
        }
    }

    private void requireText(String empty, String instead) {
        if (source.skipSpaces(from, to) == to) {
            throw source.error(from, to, "there is nothing in the brackets of " + empty, "write e.g. " + instead);
        }
    }

    /** A name where a format is expected is told apart from a misspelt format: its cure is another one. */
    private void requireNoName(String body) {
        boolean nameLike = body.length() > 2
                && body.chars()
                        .allMatch(c -> Source.isLetter((char) c) || Source.isDigit((char) c) || c == '_' || c == '.')
                && body.chars().anyMatch(c -> Source.isLetter((char) c));
        if (nameLike && FormatToken.startingAt(body.toLowerCase(Locale.ROOT), 0) == null) {
            throw source.error(
                    from,
                    to,
                    "'" + body + "' is no date format, and a value cannot name another parameter",
                    "write a format such as ${yyyymmdd}, or use ${" + body + "} in the code");
        }
    }

    private int indexOfAddMonths() {
        return source.text().substring(0, to).toLowerCase(Locale.ROOT).indexOf(ADD_MONTHS, from);
    }
}
