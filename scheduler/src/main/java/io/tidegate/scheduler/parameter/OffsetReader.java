package io.tidegate.scheduler.parameter;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code -8/24/60} and the like. */
final class OffsetReader {
    private static final int DIGITS_MAX = 9;

    private final Source source;
    private final int to;
    private int at;

    /** Reads from the sign, or from the first digit, and no further than {@code to}. */
    OffsetReader(Source source, int from, int to) {
        this.source = source;
        this.at = from;
        this.to = to;
    }

    /** Where the offset ended, spaces behind it skipped. */
    int end() {
        return at;
    }

    Offset read() {
        boolean minus = false;
        if (Source.isSign(source.at(at, to))) {
            minus = source.at(at, to) == '-';
            at = source.skipSpaces(at + 1, to);
        }
        int first = number();
        List<Offset.Factor> factors = new ArrayList<>();
        while (source.at(at, to) == '*' || source.at(at, to) == '/') {
            boolean divides = source.at(at, to) == '/';
            at = source.skipSpaces(at + 1, to);
            int start = at;
            int number = number();
            if (divides && number == 0) {
                throw source.error(start, at, "division by zero", "divide by 24 for hours, by 24/60 for minutes");
            }
            factors.add(new Offset.Factor(divides, number));
        }
        return new Offset(minus, first, factors);
    }

    private int number() {
        int start = at;
        while (source.isDigit(at, to)) {
            at++;
        }
        if (at == start) {
            throw source.error(start, start + 1, "a number is missing", "write a whole number here, e.g. 24");
        }
        if (source.at(at, to) == '.' && source.isDigit(at + 1, to)) {
            int end = at + 1;
            while (source.isDigit(end, to)) {
                end++;
            }
            throw source.error(start, end, "an offset has no decimals", "write a fraction, e.g. -12/24 for half a day");
        }
        if (at - start > DIGITS_MAX) {
            throw source.error(
                    start, at, "the number has more than " + DIGITS_MAX + " digits", "write a smaller number");
        }
        int number = Integer.parseInt(source.text().substring(start, at));
        at = source.skipSpaces(at, to);
        return number;
    }
}
