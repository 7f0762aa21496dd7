package io.tidegate.engine.plan;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * How far past the end of its window a plan reads on, for records that stand in the log behind younger ones.
 *
 * @param duration the plan ends at the first record at or after the window's end plus this; null to read to the log end
 */
public record Lateness(@Nullable Duration duration) {
    public static final Lateness LOG_END = new Lateness(null);
    public static final Lateness DEFAULT = new Lateness(Duration.ofHours(1));

    public Lateness {
        if (duration != null && duration.isNegative()) {
            throw new IllegalArgumentException("the allowed lateness must not be negative: " + duration);
        }
    }

    /**
     * Reads {@code log-end} or an ISO-8601 duration.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Lateness parse(String text) {
        if (text.equals("log-end")) {
            return LOG_END;
        }
        try {
            return new Lateness(Duration.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'%s' is neither an ISO-8601 duration, as PT1H, nor log-end".formatted(text), e);
        }
    }

    @Override
    public String toString() {
        return duration == null ? "log-end" : duration.toString();
    }
}
