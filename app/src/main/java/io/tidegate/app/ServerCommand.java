package io.tidegate.app;

import io.tidegate.app.config.Config;
import io.tidegate.app.config.ConfigReader;
import io.tidegate.app.process.Shutdown;
import io.tidegate.app.server.Server;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs scheduler, worker and web server in this process, until stopped. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Runs the server on an existing PostgreSQL database, until stopped.")
final class ServerCommand implements Callable<Integer> {
    private static final Path DEFAULT_FILE = Path.of("tidegate.yaml");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings. Default: tidegate.yaml, when it is there.")
    private @Nullable Path file;

    @Option(names = "--port", description = "The same as --set server.port=…")
    private @Nullable Integer port;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting; may be repeated.")
    private Map<String, String> settings = new HashMap<>();

    @Override
    public Integer call() {
        Map<String, String> flags = new HashMap<>(settings);
        if (port != null) {
            flags.put("server.port", Integer.toString(port));
        }
        Path source = file == null && Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : file;
        Config config = ConfigReader.read(source, System.getenv(), flags);
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.onSignal();
                Server server = Server.start(config, Clock.systemUTC())) {
            server.firstPassword()
                    .ifPresent(password -> out.println(
                            "First start: user admin, password " + password + " (shown this once; change it)"));
            out.println("Tidegate is ready at " + server.uri());
            out.flush();
            shutdown.await();
        }
        return 0;
    }
}
