package io.tidegate.bench;

import io.tidegate.engine.plan.PlanSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the slices of a plan on so many threads, as the copy does. */
final class Slices {
    private Slices() {}

    /** What is done with a slice. */
    @FunctionalInterface
    interface Work {
        /** @return records that went through */
        long on(PlanSlice slice) throws Exception;
    }

    static long run(List<PlanSlice> slices, int threads, Work work) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (PlanSlice slice : slices) {
                running.add(pool.submit(() -> work.on(slice)));
            }
            long records = 0;
            for (Future<Long> done : running) {
                records += done.get();
            }
            return records;
        } finally {
            pool.shutdownNow();
        }
    }
}
