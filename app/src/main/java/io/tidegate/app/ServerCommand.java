package io.tidegate.app;

import io.tidegate.app.config.Config;
import io.tidegate.app.process.Shutdown;
import io.tidegate.app.server.Server;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs scheduler, worker and web server in this process, until stopped. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Runs the server on an existing PostgreSQL database, until stopped.")
final class ServerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ConfigOptions options;

    @Option(names = "--port", description = "The same as --set server.port=…")
    private @Nullable Integer port;

    @Override
    public Integer call() {
        Map<String, String> flags = new HashMap<>();
        if (port != null) {
            flags.put("server.port", Integer.toString(port));
        }
        Config config = options.read(flags);
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.onSignal(Duration.ofSeconds(config.drainSeconds()));
                Server server = Server.start(config)) {
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
