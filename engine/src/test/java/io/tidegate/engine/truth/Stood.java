package io.tidegate.engine.truth;

import java.time.Instant;

/**
 * A record that stands in a log, by which it can be told from every other one.
 *
 * @param timestamp milliseconds since 1970
 * @param value the text, different for every record
 */
record Stood(int partition, long offset, long timestamp, String value) {
    boolean in(Span window) {
        return timestamp >= window.start().toEpochMilli()
                && timestamp < window.end().toEpochMilli();
    }

    @Override
    public String toString() {
        return "%d:%d at %s (%s)".formatted(partition, offset, Instant.ofEpochMilli(timestamp), value);
    }
}
