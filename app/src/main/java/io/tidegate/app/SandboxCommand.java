package io.tidegate.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.app.process.Shutdown;
import io.tidegate.sandbox.Sandbox;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts PostgreSQL, Kafka and the local MaxCompute, says where they are, and waits to be stopped. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Starts PostgreSQL, Kafka and a local MaxCompute on this machine, until stopped.")
final class SandboxCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the three keep their data. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of(System.getProperty("user.home"), ".tidegate", "sandbox");

    @Option(names = "--json", description = "Print endpoints and keys as one JSON object on one line.")
    private boolean json;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.onSignal();
                Sandbox sandbox = Sandbox.start(data.toAbsolutePath())) {
            out.println(json ? endpoints(sandbox).toString() : text(sandbox));
            out.flush();
            shutdown.await();
        }
    }

    private static ObjectNode endpoints(Sandbox sandbox) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("kafka", sandbox.kafka().bootstrapServers());
        root.putObject("maxcompute")
                .put("endpoint", sandbox.maxCompute().endpoint())
                .put("accessId", sandbox.maxCompute().accessId())
                .put("accessKey", sandbox.maxCompute().accessKey())
                .put("project", sandbox.maxCompute().project());
        root.putObject("postgres")
                .put("url", sandbox.postgres().jdbcUrl())
                .put("user", sandbox.postgres().user())
                .put("password", sandbox.postgres().password());
        return root;
    }

    private String text(Sandbox sandbox) {
        return """
                Kafka        %s
                MaxCompute   %s
                  project    %s
                  accessId   %s
                  accessKey  %s
                PostgreSQL   %s
                  user       %s
                  password   %s
                Data         %s
                Ctrl-C stops the three; the data stays.""".formatted(
                        sandbox.kafka().bootstrapServers(),
                        sandbox.maxCompute().endpoint(),
                        sandbox.maxCompute().project(),
                        sandbox.maxCompute().accessId(),
                        sandbox.maxCompute().accessKey(),
                        sandbox.postgres().jdbcUrl(),
                        sandbox.postgres().user(),
                        sandbox.postgres().password(),
                        data.toAbsolutePath());
    }
}
