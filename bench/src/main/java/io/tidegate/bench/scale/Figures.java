package io.tidegate.bench.scale;

import java.util.Arrays;
import java.util.Locale;

/** Delays in milliseconds, and what is said of them. */
record Figures(double[] sorted) {
    static Figures of(double[] delays) {
        double[] sorted = delays.clone();
        Arrays.sort(sorted);
        return new Figures(sorted);
    }

    double percentile(double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) Math.ceil(share * sorted.length) - 1)];
    }

    Figures first(int count) {
        return new Figures(Arrays.copyOf(sorted, Math.min(count, sorted.length)));
    }

    double largest() {
        return sorted[sorted.length - 1];
    }

    /** Between the first and the last. */
    double perSecond() {
        double seconds = (largest() - sorted[0]) / 1000;
        return seconds == 0 ? sorted.length : sorted.length / seconds;
    }

    String text() {
        return String.format(Locale.ROOT, "p50 %,.0f ms, p99 %,.0f ms", percentile(0.5), percentile(0.99));
    }
}
