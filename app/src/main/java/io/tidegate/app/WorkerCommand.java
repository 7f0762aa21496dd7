package io.tidegate.app;

import io.tidegate.app.config.Config;
import io.tidegate.app.process.Shutdown;
import io.tidegate.app.worker.WorkerProgram;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs attempts in this process, beside servers on the same database, until stopped. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = {
            "Runs attempts for the servers on the same PostgreSQL database, until stopped.",
            "Asked to stop, it claims no more, lets what runs go on for worker.drainSeconds, and hands over the rest;"
                    + " asked a second time, it ends at once."
        })
final class WorkerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ConfigOptions options;

    @Option(
            names = "--resource-group",
            paramLabel = "NAME",
            description = "Serves this resource group; may be repeated. Default: worker.resourceGroups, else all.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--slots", paramLabel = "N", description = "Attempts at a time: the same as --set worker.threads=…")
    private @Nullable Integer slots;

    @Option(names = "--name", description = "The same as --set worker.name=… Default: host and process id.")
    private @Nullable String name;

    @Override
    public Integer call() {
        Config config = config();
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.onSignal(Duration.ofSeconds(config.drainSeconds()));
                WorkerProgram worker = WorkerProgram.start(config)) {
            out.println(worker.description());
            out.flush();
            shutdown.await();
        }
        return 0;
    }

    private Config config() {
        Map<String, String> flags = new HashMap<>();
        if (!groups.isEmpty()) {
            flags.put("worker.resourceGroups", String.join(",", groups));
        }
        if (slots != null) {
            flags.put("worker.threads", Integer.toString(slots));
        }
        if (name != null) {
            flags.put("worker.name", name);
        }
        Config config = options.read(flags);
        // Several on one machine are told apart without being named.
        return config.workerName().equals(config.host())
                ? config.named(config.host() + "-" + ProcessHandle.current().pid())
                : config;
    }
}
