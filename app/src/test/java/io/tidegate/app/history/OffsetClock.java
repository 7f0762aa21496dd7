package io.tidegate.app.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is put forward or back by as many milliseconds as a file says. */
final class OffsetClock implements InstantSource {
    private static final long LOOK_EVERY_NANOS = 200_000_000;

    private final InstantSource right;
    private final Path file;
    private long offsetMillis;
    private long nextLook = System.nanoTime();

    OffsetClock(InstantSource right, Path file) {
        this.right = right;
        this.file = file;
    }

    @Override
    public synchronized Instant instant() {
        if (System.nanoTime() - nextLook >= 0) {
            offsetMillis = read();
            nextLook = System.nanoTime() + LOOK_EVERY_NANOS;
        }
        return right.instant().plusMillis(offsetMillis);
    }

    private long read() {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? offsetMillis : Long.parseLong(text);
        } catch (IOException e) {
            return 0;
        }
    }
}
