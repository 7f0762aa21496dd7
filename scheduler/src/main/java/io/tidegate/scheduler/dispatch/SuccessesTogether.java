package io.tidegate.scheduler.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets attempts that succeed at the same time share one transaction: whoever comes first settles all that wait, the others find
 * theirs settled. Short runs by the thousand would otherwise cost a commit each.
 *
 * <p>What cannot be settled together is settled alone, by its own thread.
 */
final class SuccessesTogether {
    private static final Logger LOG = LoggerFactory.getLogger(SuccessesTogether.class);
    private static final int AT_ONCE = 100;

    private final Function<List<Success>, List<Success>> together;
    private final Consumer<Success> alone;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    /** An attempt that copied nothing, and succeeded. */
    record Success(AttemptRef attempt, String actor) {}

    private static final class Waiting {
        private final Success success;
        // Guarded by turn.
        private boolean taken;
        private boolean settled;

        Waiting(Success success) {
            this.success = success;
        }
    }

    /**
     * @param together settles several in one transaction; returns those that it settled
     * @param alone settles one, or throws
     */
    SuccessesTogether(Function<List<Success>, List<Success>> together, Consumer<Success> alone) {
        this.together = together;
        this.alone = alone;
    }

    /** Returns when it is settled. */
    void settle(Success success) {
        var waiting = new Waiting(success);
        queue.add(waiting);
        boolean settled;
        turn.lock();
        try {
            if (!waiting.taken) {
                settleWhatWaits();
            }
            settled = waiting.settled;
        } finally {
            turn.unlock();
        }
        if (!settled) {
            alone.accept(success);
        }
    }

    private void settleWhatWaits() {
        List<Waiting> batch = new ArrayList<>();
        while (batch.size() < AT_ONCE && !queue.isEmpty()) {
            Waiting next = queue.remove();
            next.taken = true;
            batch.add(next);
        }
        // Also one alone: those that end meanwhile wait for their turn, and are the next batch.
        try {
            List<Success> settled =
                    together.apply(batch.stream().map(w -> w.success).toList());
            batch.forEach(w -> w.settled = settled.contains(w.success));
        } catch (RuntimeException e) {
            LOG.debug("{} successes are settled one by one after: {}", batch.size(), e.toString());
        }
    }
}
