package io.tidegate.engine.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How fast a copy goes now: the mean over the last ten seconds. Not thread-safe. */
final class Pace {
    private static final double WINDOW_SECONDS = 10;

    /** Less tells nothing about the time that is left. */
    private static final double SECONDS_MIN = 1;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * What has been done at one time.
     *
     * @param seconds time since the copy began
     * @param passed offsets behind the readers
     * @param read records
     * @param bytes bytes of keys, values and headers
     */
    record Sample(double seconds, long passed, long read, long bytes) {}

    /** The speed now: a second, each. */
    record Speed(double offsets, double records, double bytes) {
        static final Speed NONE = new Speed(0, 0, 0);
    }

    /** Adds what is known now. */
    void add(Sample now) {
        // A slice that is read again takes back what it had done; what came before does not compare with what follows.
        samples.removeIf(sample -> sample.passed() > now.passed() || sample.read() > now.read());
        samples.addLast(now);
        while (now.seconds() - samples.getFirst().seconds() > WINDOW_SECONDS) {
            samples.removeFirst();
        }
    }

    Speed speed() {
        if (samples.size() < 2) {
            return Speed.NONE;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = Math.max(last.seconds() - first.seconds(), 0.001);
        return new Speed(
                (last.passed() - first.passed()) / seconds,
                (last.read() - first.read()) / seconds,
                (last.bytes() - first.bytes()) / seconds);
    }

    /** Seconds until so many further offsets are passed at the present speed; null when that cannot be said. */
    @Nullable Double secondsLeft(long offsets) {
        double measured = samples.size() < 2
                ? 0
                : samples.getLast().seconds() - samples.getFirst().seconds();
        double speed = speed().offsets();
        return measured < SECONDS_MIN || speed <= 0 ? null : offsets / speed;
    }
}
