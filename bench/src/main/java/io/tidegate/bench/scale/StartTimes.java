package io.tidegate.bench.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When each piece of work was due and when it started; started twice is an error. */
final class StartTimes {
    /** Longer than anything that is measured. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Queue<Double> delays = new ConcurrentLinkedQueue<>();
    private final CountDownLatch left;
    private final int count;

    StartTimes(int count) {
        this.count = count;
        this.left = new CountDownLatch(count);
    }

    void started(Instant due, Instant now) {
        delays.add(Duration.between(due, now).toNanos() / 1e6);
        left.countDown();
    }

    /** Waits until all have started. */
    Figures await() throws InterruptedException {
        if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("%d of %d never started".formatted(left.getCount(), count));
        }
        List<Double> all = new ArrayList<>(delays);
        if (all.size() != count) {
            throw new IllegalStateException("%d starts of %d pieces of work".formatted(all.size(), count));
        }
        return Figures.of(all.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
