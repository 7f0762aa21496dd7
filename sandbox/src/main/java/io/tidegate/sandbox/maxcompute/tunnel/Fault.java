package io.tidegate.sandbox.maxcompute.tunnel;

import java.time.Duration;

/**
 * Something that goes wrong on purpose.
 *
 * @param block the only block it strikes, or -1 for any; of use for FAIL_BLOCK and SLOW_BLOCK
 * @param delay of SLOW_BLOCK and SLOW_LISTING
 * @param times how often it still strikes
 */
public record Fault(Kind kind, long block, Duration delay, int times) {
    /** What goes wrong. */
    public enum Kind {
        /** The commit is done, its reply breaks off. */
        DROP_REPLY_AFTER_COMMIT,
        /** The commit is refused with 500 and not done. */
        FAIL_COMMIT,
        /** The block is read, answered with 500 and forgotten. */
        FAIL_BLOCK,
        /** The block waits before it is read. */
        SLOW_BLOCK,
        /** The list of a session's blocks comes late. */
        SLOW_LISTING,
        /** The session has expired when it is next written, asked for or committed. */
        EXPIRE_SESSION,
        /** Any Tunnel request is answered with 429. */
        TOO_MANY_REQUESTS
    }

    public Fault {
        if (times < 1) {
            throw new IllegalArgumentException("a fault strikes at least once, not %d times".formatted(times));
        }
    }

    boolean strikes(Kind asked, long atBlock) {
        return kind == asked && (block < 0 || block == atBlock);
    }

    Fault struck() {
        return new Fault(kind, block, delay, times - 1);
    }
}
