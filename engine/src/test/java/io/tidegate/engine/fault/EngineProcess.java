package io.tidegate.engine.fault;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.FencedException;
import io.tidegate.engine.sync.DirtyFiles;
import io.tidegate.engine.sync.SyncLimits;
import io.tidegate.engine.sync.SyncRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/** The main class of a child: runs the attempts whose directories it is told on its input, one after the other. */
final class EngineProcess {
    private static final SyncLimits LIMITS =
            SyncLimits.DEFAULT.withStall(Duration.ofSeconds(60)).withSliceTries(3, Duration.ofMillis(50));

    private EngineProcess() {}

    public static void main(String[] args) throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Path directory = Path.of(line);
            DurableFile.write(directory.resolve(AttemptEnd.FILE), run(directory));
        }
    }

    private static AttemptEnd run(Path directory) {
        AttemptOrder order =
                Objects.requireNonNull(DurableFile.read(directory.resolve(AttemptOrder.FILE), AttemptOrder.class));
        try {
            SyncLimits limits = LIMITS.withDirtyFiles(DirtyFiles.at(Path.of(order.dirtyFile())));
            return AttemptEnd.of(new SyncRunner(InstantSource.fixed(order.now()), limits)
                    .run(order.request(), new FileJournal(directory), Cancellation.NEVER));
        } catch (FencedException e) {
            return AttemptEnd.fenced(String.valueOf(e.getMessage()));
        }
    }
}
