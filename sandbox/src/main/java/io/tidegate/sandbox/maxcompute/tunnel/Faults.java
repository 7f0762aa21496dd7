package io.tidegate.sandbox.maxcompute.tunnel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The switches for faults. Each is used up by striking; the order of setting decides which strikes first. A fault that holds
 * requests lets whoever set it act meanwhile: {@link #hold}, {@link #awaitHeld}, act, {@link #release}.
 */
public final class Faults {
    /** The block number for "any". */
    public static final long ANY_BLOCK = -1;

    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> held = new ArrayList<>();
    private long releases;

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

    /** The sessions of the next requests that name one have expired. */
    public void expireSession(int times) {
        set(new Fault(Fault.Kind.EXPIRE_SESSION, ANY_BLOCK, Duration.ZERO, times));
    }

    /** The next Tunnel requests are answered with 429. */
    public void tooManyRequests(int times) {
        set(new Fault(Fault.Kind.TOO_MANY_REQUESTS, ANY_BLOCK, Duration.ZERO, times));
    }

    /** The next request of the kind is held; for the block, or {@link #ANY_BLOCK}. */
    public void hold(Fault.Kind kind, long block) {
        set(new Fault(kind, block, Duration.ZERO, 1));
    }

    public synchronized void set(Fault fault) {
        faults.add(fault);
    }

    /** Takes faults of that kind back that have not struck yet. */
    public synchronized void withdraw(Fault.Kind kind) {
        faults.removeIf(fault -> fault.kind() == kind);
    }

    /** Takes all faults back and lets go what is held. */
    public synchronized void clear() {
        faults.clear();
        release();
    }

    /** Lets every request go on that is held. */
    public synchronized void release() {
        releases++;
        notifyAll();
    }

    /** Waits until a request is held by a fault of that kind. */
    public synchronized boolean awaitHeld(Fault.Kind kind, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (held.stream().noneMatch(fault -> fault.kind() == kind)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** The requests that are held now, by what holds them. */
    public synchronized List<Fault> held() {
        return List.copyOf(held);
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

    /** Waits, when such a fault strikes, until it is released or its time is over. */
    synchronized void holdIfStruck(Fault.Kind kind, long block) {
        Optional<Fault> struck = strike(kind, block);
        if (struck.isEmpty()) {
            return;
        }
        Fault fault = struck.get();
        Duration atMost = fault.delay().isZero() ? Fault.HOLD_MAX : fault.delay();
        long deadline = System.nanoTime() + atMost.toNanos();
        long before = releases;
        held.add(fault);
        notifyAll();
        try {
            for (long left = atMost.toMillis(); left > 0 && releases == before; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            held.remove(fault);
        }
    }

    boolean strikes(Fault.Kind kind) {
        return strike(kind, ANY_BLOCK).isPresent();
    }
}
