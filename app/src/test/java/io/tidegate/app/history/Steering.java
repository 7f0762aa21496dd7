package io.tidegate.app.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a test steers one program from outside: files in a directory of its own. */
final class Steering {
    private final Path directory;
    private final Path hold;

    Steering(Path directory) {
        this.directory = directory;
        this.hold = directory.resolve("hold");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** By how many milliseconds the program's clock is ahead; see {@link OffsetClock}. */
    Path clock() {
        return directory.resolve("clock");
    }

    /** No run ends in this program until {@link #letEnd}. */
    void hold() throws IOException {
        Files.writeString(hold, "");
    }

    void letEnd() throws IOException {
        Files.deleteIfExists(hold);
    }

    boolean holds() {
        return Files.exists(hold);
    }
}
