package io.tidegate.engine.plan;

import java.time.Instant;

/** Where a read begins or ends in each partition. */
public sealed interface Bound {

    /** At a point in time: the first record whose timestamp is at or after it. */
    record At(Instant instant) implements Bound {}

    /** At an offset, the same in every partition. */
    record Offset(long offset) implements Bound {
        public Offset {
            if (offset < 0) {
                throw new IllegalArgumentException(offset + " is no offset");
            }
        }
    }

    /** At the first record that is still there. */
    record Earliest() implements Bound {}

    /** At the end of the log as it is when the plan is made. */
    record Latest() implements Bound {}

    /** Where the consumer group stands in each partition. */
    record Committed(String groupId) implements Bound {}
}
