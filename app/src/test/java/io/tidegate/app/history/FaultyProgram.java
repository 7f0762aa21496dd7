package io.tidegate.app.history;

import io.tidegate.app.config.Config;
import io.tidegate.app.config.ConfigReader;
import io.tidegate.app.process.Shutdown;
import io.tidegate.app.server.Server;
import io.tidegate.app.worker.WorkerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A server or a worker as it is, with two things of its own: a clock that a test can set, and nodes that only wait. Its arguments
 * are {@code server|worker}, the directory it is steered by, and settings as the real commands take them.
 */
final class FaultyProgram {
    static final String READY = "Faulty program is ready ";

    private FaultyProgram() {}

    @SuppressWarnings("try") // a close that is interrupted ends the program like any other that fails
    public static void main(String[] args) throws Exception {
        Map<String, String> flags = new HashMap<>();
        for (int i = 2; i + 1 < args.length; i += 2) {
            String[] setting = args[i + 1].split("=", 2);
            flags.put(setting[0], setting[1]);
        }
        Config config = ConfigReader.read(null, Map.of(), flags);
        Steering steering = new Steering(Path.of(args[1]));
        try (Shutdown shutdown = Shutdown.onSignal(Duration.ofSeconds(config.drainSeconds()));
                AutoCloseable program = start(args[0], config, steering)) {
            System.out.println(READY + program.getClass().getSimpleName());
            shutdown.await();
        }
        System.exit(0);
    }

    private static AutoCloseable start(String role, Config config, Steering steering) {
        UnaryOperator<InstantSource> clock = database -> new OffsetClock(database, steering.clock());
        return role.equals("server")
                ? Server.start(config, time -> new WaitingRunner(steering), clock)
                : WorkerProgram.start(config, time -> new WaitingRunner(steering), clock);
    }
}
