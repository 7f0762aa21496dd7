package io.tidegate.bench.scale;

import java.util.Arrays;
import java.util.Locale;

/** Delays in milliseconds, and what is said of them. */
final class Figures {
    /** Ascending. */
    private final double[] delays;

    private Figures(double[] ascending) {
        this.delays = ascending;
    }

    static Figures of(double[] delays) {
        double[] ascending = delays.clone();
        Arrays.sort(ascending);
        return new Figures(ascending);
    }

    double percentile(double share) {
        return delays[(int) Math.min(delays.length - 1L, (long) Math.ceil(share * delays.length) - 1)];
    }

    Figures first(int count) {
        return new Figures(Arrays.copyOf(delays, Math.min(count, delays.length)));
    }

    double largest() {
        return delays[delays.length - 1];
    }

    /** Between the first and the last. */
    double perSecond() {
        double seconds = (largest() - delays[0]) / 1000;
        return seconds == 0 ? delays.length : delays.length / seconds;
    }

    String text() {
        return String.format(Locale.ROOT, "p50 %,.0f ms, p99 %,.0f ms", percentile(0.5), percentile(0.99));
    }
}
