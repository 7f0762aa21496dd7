package io.tidegate.sandbox.maxcompute.tunnel;

import java.time.Duration;

/**
 * Something that goes wrong on purpose.
 *
 * @param block the only block it strikes, or -1 for any; of use for the kinds that concern blocks
 * @param delay of SLOW_BLOCK, and how long the HOLD kinds hold at most; zero: {@link #HOLD_MAX}
 * @param times how often it still strikes
 */
public record Fault(Kind kind, long block, Duration delay, int times) {
    /** What goes wrong. */
    public enum Kind {
        /** The opening of a session is refused with 500. */
        FAIL_OPEN,
        /** The commit is done, its reply breaks off. */
        DROP_REPLY_AFTER_COMMIT,
        /** The commit is refused with 500 and not done. */
        FAIL_COMMIT,
        /** The block is read, answered with 500 and forgotten. */
        FAIL_BLOCK,
        /** The connection breaks in the middle of the block, or at its end if it is short. */
        BREAK_BLOCK,
        /** The block waits before it is read. */
        SLOW_BLOCK,
        /** The session has expired when it is next written, asked for or committed. */
        EXPIRE_SESSION,
        /** The session of the next request that names one is not known any more, as when it is days old. */
        FORGET_SESSION,
        /** The session has expired when it is next committed. */
        EXPIRE_AT_COMMIT,
        /** Any Tunnel request is answered with 429. */
        TOO_MANY_REQUESTS,
        /** The block is held when its first byte is wanted. */
        HOLD_BLOCK,
        /** The list of blocks is held, which is asked for when all are written, and before a commit. */
        HOLD_LISTING,
        /** The commit is held before it is done. */
        HOLD_COMMIT,
        /** The commit is done, its reply is held. */
        HOLD_COMMIT_REPLY
    }

    /** How long a request is held when nobody releases it. */
    static final Duration HOLD_MAX = Duration.ofSeconds(60);

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
