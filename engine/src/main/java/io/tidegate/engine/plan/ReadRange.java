package io.tidegate.engine.plan;

import java.time.Instant;

/** What a job asks to be read. */
public sealed interface ReadRange {

    /**
     * The records whose timestamp lies in {@code [start, end)}.
     *
     * @param lateness how far past the end the plan reads on
     */
    record Window(Instant start, Instant end, Lateness lateness) implements ReadRange {
        public Window {
            if (!start.isBefore(end)) {
                throw new IllegalArgumentException("the window [%s, %s) holds no instant".formatted(start, end));
            }
        }
    }

    /** The records at the offsets {@code [begin, end)} of every partition that is read. */
    record Offsets(long begin, long end) implements ReadRange {
        public Offsets {
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException("[%d, %d) is no range of offsets".formatted(begin, end));
            }
        }
    }
}
