package io.tidegate.engine.plan;

import io.tidegate.engine.plan.Bound.At;
import io.tidegate.engine.plan.Bound.Committed;
import io.tidegate.engine.plan.Bound.Latest;
import io.tidegate.engine.plan.Bound.Offset;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records a job asks for. The bounds are independent of each other; each one that is a time is also a filter on the
 * records' timestamps, so that the order of the records does not matter.
 *
 * @param begin where the read begins, included
 * @param end where it ends, not included: a time, an offset or the log end
 * @param lateness how far past an end that is a time the plan reads on
 * @param reset what happens where the begin is not there
 * @param quietFor the plan is made once each partition has reached the end or has not grown for so long; null to make it at
 *     once
 */
public record ReadRange(
        Bound begin,
        Bound end,
        Lateness lateness,
        OffsetReset reset,
        @Nullable Duration quietFor) {
    public ReadRange {
        if (!(end instanceof At || end instanceof Offset || end instanceof Latest)) {
            throw new IllegalArgumentException("a read cannot end at " + end);
        }
        if (begin instanceof At from && end instanceof At to && !from.instant().isBefore(to.instant())) {
            throw new IllegalArgumentException(
                    "the window [%s, %s) holds no instant".formatted(from.instant(), to.instant()));
        }
        if (begin instanceof Offset from && end instanceof Offset to && to.offset() < from.offset()) {
            throw new IllegalArgumentException("[%d, %d) is no range of offsets".formatted(from.offset(), to.offset()));
        }
    }

    /** The records whose timestamp lies in {@code [start, end)}. */
    public static ReadRange window(Instant start, Instant end, Lateness lateness) {
        return new ReadRange(new At(start), new At(end), lateness, OffsetReset.NONE, null);
    }

    /** The records at the offsets {@code [begin, end)} of every partition that is read. */
    public static ReadRange offsets(long begin, long end) {
        return new ReadRange(new Offset(begin), new Offset(end), Lateness.DEFAULT, OffsetReset.NONE, null);
    }

    public ReadRange withReset(OffsetReset other) {
        return new ReadRange(begin, end, lateness, other, quietFor);
    }

    public ReadRange withQuietFor(@Nullable Duration other) {
        return new ReadRange(begin, end, lateness, reset, other);
    }

    /** Records before it are left out; null when no time begins the read. */
    public @Nullable Instant windowStart() {
        return begin instanceof At at ? at.instant() : null;
    }

    /**
     * Records at or after it are left out; null when no time ends the read. Null also where a group goes on from its own
     * offset: there a record that is left out would be behind the group, and no later run would read it. Such a read ends
     * before the first record at or after the time.
     */
    public @Nullable Instant windowEnd() {
        return end instanceof At at && groupId() == null ? at.instant() : null;
    }

    /** The time whose first record ends the plan; null when the plan reads to the log end or up to an offset. */
    public @Nullable Instant endLookUp() {
        if (!(end instanceof At at)) {
            return null;
        }
        if (groupId() != null) {
            return at.instant();
        }
        return lateness.duration() == null ? null : at.instant().plus(lateness.duration());
    }

    /** Whether the records must carry timestamps. */
    public boolean byTime() {
        return begin instanceof At || end instanceof At;
    }

    /** The group whose offset begins the read, and is moved on by it; null when the read belongs to no group. */
    public @Nullable String groupId() {
        return begin instanceof Committed committed ? committed.groupId() : null;
    }
}
