package io.tidegate.scheduler.parameter;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The parts of a date and time that a format can ask for, in the order in which they are tried. */
enum FormatToken implements FormatElement {
    YYYY,
    YY,
    MM,
    DD,
    HH24,
    MI,
    SS;

    private static final List<FormatToken> ALL = List.of(values());
    private static final String[] TWO_DIGITS =
            IntStream.range(0, 100).mapToObj(n -> n < 10 ? "0" + n : "" + n).toArray(String[]::new);

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String print(LocalDateTime time) {
        return switch (this) {
            case YYYY -> padded(time.getYear(), 4);
            case YY -> padded(Math.floorMod(time.getYear(), 100), 2);
            case MM -> padded(time.getMonthValue(), 2);
            case DD -> padded(time.getDayOfMonth(), 2);
            case HH24 -> padded(time.getHour(), 2);
            case MI -> padded(time.getMinute(), 2);
            case SS -> padded(time.getSecond(), 2);
        };
    }

    boolean isTimeOfDay() {
        return compareTo(HH24) >= 0;
    }

    /** The token that starts at an index, the longest one where two do; null when none does. */
    static @Nullable FormatToken startingAt(String text, int index) {
        for (FormatToken token : ALL) {
            if (text.startsWith(token.text(), index)) {
                return token;
            }
        }
        return null;
    }

    private static String padded(int number, int digits) {
        if (digits == 2 && number >= 0 && number < TWO_DIGITS.length) {
            return TWO_DIGITS[number];
        }
        String text = Integer.toString(Math.abs(number));
        if (text.length() == digits && number >= 0) {
            return text;
        }
        return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
