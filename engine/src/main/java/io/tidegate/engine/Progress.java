package io.tidegate.engine;

import org.jspecify.annotations.Nullable;

/**
 * How far an attempt is.
 *
 * @param stage what it is doing now: PLAN, COPY, COMMIT or DONE
 * @param planned offsets that the plan covers; an upper bound of the records to read
 * @param passed offsets that are behind the readers
 * @param read records read
 * @param written records written to blocks, not yet visible before the commit
 * @param filtered records out of the window
 * @param dirty records left out because they do not convert
 * @param bytes bytes of keys, values and headers read
 * @param recordsPerSecond records read a second, over the last ten seconds; over the whole copy once it is done
 * @param bytesPerSecond bytes read a second, over the same time
 * @param secondsLeft how long the rest of the offsets takes at this speed; null when that cannot be said
 */
public record Progress(
        Stage stage,
        long planned,
        long passed,
        long read,
        long written,
        long filtered,
        long dirty,
        long bytes,
        double recordsPerSecond,
        double bytesPerSecond,
        @Nullable Double secondsLeft) {
    public enum Stage {
        PLAN,
        COPY,
        COMMIT,
        DONE
    }

    public static Progress at(Stage stage) {
        return new Progress(stage, 0, 0, 0, 0, 0, 0, 0, 0, 0, null);
    }
}
