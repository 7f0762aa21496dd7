package io.tidegate.sandbox.maxcompute.tunnel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The switches for faults. Each is used up by striking; the order of setting decides which strikes first. */
public final class Faults {
    /** The block number for "any". */
    public static final long ANY_BLOCK = -1;

    private final List<Fault> faults = new ArrayList<>();

    /** The next commits are done, but their replies break off. */
    public void dropReplyAfterCommit(int times) {
        set(new Fault(Fault.Kind.DROP_REPLY_AFTER_COMMIT, ANY_BLOCK, Duration.ZERO, times));
    }

    /** The next commits are answered with 500 and not done. */
    public void failCommit(int times) {
        set(new Fault(Fault.Kind.FAIL_COMMIT, ANY_BLOCK, Duration.ZERO, times));
    }

    /** The next writes of the block, or of {@link #ANY_BLOCK}, are answered with 500. */
    public void failBlock(long block, int times) {
        set(new Fault(Fault.Kind.FAIL_BLOCK, block, Duration.ZERO, times));
    }

    /** The next blocks take this much longer. */
    public void slowBlocks(Duration delay, int times) {
        set(new Fault(Fault.Kind.SLOW_BLOCK, ANY_BLOCK, delay, times));
    }

    /** The next lists of a session's blocks come so much later. */
    public void slowListing(Duration delay, int times) {
        set(new Fault(Fault.Kind.SLOW_LISTING, ANY_BLOCK, delay, times));
    }

    /** The sessions of the next requests that name one have expired. */
    public void expireSession(int times) {
        set(new Fault(Fault.Kind.EXPIRE_SESSION, ANY_BLOCK, Duration.ZERO, times));
    }

    /** The next Tunnel requests are answered with 429. */
    public void tooManyRequests(int times) {
        set(new Fault(Fault.Kind.TOO_MANY_REQUESTS, ANY_BLOCK, Duration.ZERO, times));
    }

    public synchronized void set(Fault fault) {
        faults.add(fault);
    }

    public synchronized void clear() {
        faults.clear();
    }

    /** Those that have not yet been used up. */
    public synchronized List<Fault> pending() {
        return List.copyOf(faults);
    }

    /** The fault that strikes now, if one does; it is thereby used once. */
    synchronized Optional<Fault> strike(Fault.Kind kind, long block) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (fault.strikes(kind, block)) {
                if (fault.times() == 1) {
                    faults.remove(i);
                } else {
                    faults.set(i, fault.struck());
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    boolean strikes(Fault.Kind kind) {
        return strike(kind, ANY_BLOCK).isPresent();
    }
}
