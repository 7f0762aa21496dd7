package io.tidegate.scheduler.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a format, up to the offset behind it or to the end of its range. What is no token is text that stays, except the
 * letters that tokens are made of: {@code MM}, {@code hh}, {@code yyy} are mistakes, and a wrong window is worse than an error.
 */
final class FormatReader {
    private static final String TOKEN_LETTERS = "ymdhis";

    private final Source source;
    private final int from;
    private final int to;
    private final boolean businessDate;
    private final Hints hints;
    private final List<FormatElement> elements = new ArrayList<>();
    private final StringBuilder separator = new StringBuilder();
    private int at;

    FormatReader(Source source, int from, int to, boolean businessDate, Hints hints) {
        this.source = source;
        this.from = from;
        this.to = to;
        this.businessDate = businessDate;
        this.hints = hints;
        this.at = from;
    }

    /** Where the sign of the offset stands; the end of the range when there is none. */
    int end() {
        return at;
    }

    Format read() {
        while (at < to) {
            int sign = source.skipSpaces(at, to);
            if (Source.isSign(source.at(sign, to)) && startsOffset(sign)) {
                at = sign;
                break;
            }
            FormatToken token = FormatToken.startingAt(source.text(), at);
            if (token != null && at + token.text().length() <= to) {
                add(token);
            } else {
                addText();
            }
        }
        endSeparator();
        if (elements.stream().noneMatch(FormatToken.class::isInstance)) {
            throw source.error(
                    from,
                    to,
                    "there is no date or time in the format",
                    businessDate ? "write e.g. yyyymmdd" : "write e.g. yyyymmddhh24mi");
        }
        return new Format(elements);
    }

    /** Whether the sign is that of an offset rather than a separator, as in {@code yyyy-mm}. */
    private boolean startsOffset(int sign) {
        int next = source.skipSpaces(sign + 1, to);
        if (next >= to) {
            throw source.error(
                    sign, sign + 1, "no number follows the sign", "write e.g. -1, or put the sign behind the bracket");
        }
        char c = source.text().charAt(next);
        if (Source.isSign(c)) {
            throw source.error(sign, next + 1, "there are two signs", "write one sign before the number");
        }
        if (c == '*' || c == '/') {
            throw source.error(next, next + 1, "a number is missing before '" + c + "'", "write e.g. -1/24");
        }
        return Source.isDigit(c);
    }

    private void add(FormatToken token) {
        int end = at + token.text().length();
        if (businessDate && token.isTimeOfDay()) {
            throw source.error(
                    at,
                    end,
                    "${…} is about the business date and knows no " + token.text(),
                    "write $[…], which is about the scheduled time");
        }
        endSeparator();
        hints.misplacedToken(elements, token, at);
        elements.add(token);
        at = end;
    }

    private void addText() {
        char c = source.text().charAt(at);
        if (TOKEN_LETTERS.indexOf(Character.toLowerCase(c)) >= 0 && Source.isLetter(c)) {
            throw mistakenToken();
        }
        hints.textInFormat(source.text(), at, from);
        separator.append(c);
        at++;
    }

    private ParameterSyntaxException mistakenToken() {
        String small = source.text().substring(at, to).toLowerCase(Locale.ROOT);
        FormatToken meant = FormatToken.startingAt(small, 0);
        if (meant != null) {
            int end = at + meant.text().length();
            return source.error(
                    at,
                    end,
                    "'" + source.text().substring(at, end) + "' is no token: tokens are written in small letters",
                    "write " + meant.text() + " for the " + word(meant));
        }
        char letter = small.charAt(0);
        int end = at + 1;
        while (end < to && Character.toLowerCase(source.text().charAt(end)) == letter) {
            end++;
        }
        if (letter == 'h') {
            if (source.text().startsWith("12", end)) {
                end = Math.min(to, end + 2);
            }
            return source.error(
                    at,
                    end,
                    "'" + source.text().substring(at, end)
                            + "' is no token: an hour of 12 would read the same at 01:00 and at 13:00",
                    "write hh24 for the hour");
        }
        return source.error(
                at,
                end,
                "'" + source.text().substring(at, end) + "' is no token",
                "write " + tokensWith(letter) + ", and put other words outside the brackets");
    }

    private static String word(FormatToken token) {
        return switch (token) {
            case YYYY, YY -> "year";
            case MM -> "month (the minute is mi)";
            case DD -> "day";
            case HH24 -> "hour";
            case MI -> "minute";
            case SS -> "second";
        };
    }

    private static String tokensWith(char letter) {
        return switch (letter) {
            case 'y' -> "yyyy or yy for the year";
            case 'm' -> "mm for the month or mi for the minute";
            case 'i' -> "mi for the minute";
            case 'd' -> "dd for the day";
            default -> "ss for the second";
        };
    }

    private void endSeparator() {
        if (!separator.isEmpty()) {
            elements.add(new FormatElement.Separator(separator.toString()));
            separator.setLength(0);
        }
    }
}
