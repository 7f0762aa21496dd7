package io.tidegate.app.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The wall clock of one program, set ahead or back while it runs: a library that is preloaded into it answers in place of the C
 * library's clocks. Time namespaces do not cover the wall clock.
 */
final class WallClock {
    private static final int COMPILE_SECONDS_MAX = 60;

    private final Path file;

    private WallClock(Path file) {
        this.file = file;
    }

    /** The library, compiled; empty where there is no C compiler, or no glibc on Linux. */
    static Optional<Path> library(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("wall-clock.c");
        try (InputStream text = WallClock.class.getResourceAsStream("wall-clock.c")) {
            Files.write(source, text.readAllBytes());
        }
        Path library = directory.resolve("wall-clock.so");
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean made = compiler.waitFor(COMPILE_SECONDS_MAX, TimeUnit.SECONDS) && compiler.exitValue() == 0;
            return made && Files.exists(Path.of("/proc/self/maps")) ? Optional.of(library) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    /** Of a program that is yet to start. */
    static WallClock in(Path directory) throws IOException {
        WallClock clock = new WallClock(directory.resolve("wall-clock"));
        clock.set(0);
        return clock;
    }

    /** What the program needs in its environment. */
    Map<String, String> environment(Path library) {
        return Map.of("LD_PRELOAD", library.toString(), "WALL_CLOCK_FILE", file.toString());
    }

    /**
     * @param aheadMillis less than zero: back
     */
    void set(long aheadMillis) throws IOException {
        // In place: the program has the file mapped.
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(aheadMillis)
                        .array(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }
}
