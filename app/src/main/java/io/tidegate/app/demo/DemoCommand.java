package io.tidegate.app.demo;

import io.tidegate.app.config.Config;
import io.tidegate.app.process.Shutdown;
import io.tidegate.app.server.Server;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.orders.OrdersTable;
import io.tidegate.sandbox.orders.OrdersTopic;
import io.tidegate.scheduler.alert.AlertSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the whole product up on one machine and lets three hours of a topic into a table. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Starts sandbox and server, copies the last three hours of a topic, and shows that the counts agree.")
public final class DemoCommand implements Callable<Integer> {
    private static final String WORKSPACE = "demo";
    private static final String TOPIC = "orders";
    private static final Duration HISTORY = Duration.ofHours(6);
    private static final int HISTORY_ORDERS = 120_000;
    private static final int TOPIC_PARTITIONS = 3;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of(System.getProperty("user.home"), ".tidegate", "demo");

    @Option(names = "--port", description = "Port of the web server; 0 takes a free one. Default: ${DEFAULT-VALUE}")
    private int port = 8080;

    @Option(names = "--once", description = "End after the check; exit code 1 when counts disagree.")
    private boolean once;

    @Option(names = "--json", description = "Print the check as one JSON object on the last line as well.")
    private boolean json;

    @Override
    public Integer call() {
        InstantSource clock = Clock.systemUTC();
        ZoneId zone = ZoneId.systemDefault();
        Path directory = data.toAbsolutePath();
        say("Starting PostgreSQL, Kafka and the local MaxCompute in " + directory + " …");
        try (Shutdown shutdown = Shutdown.onSignal();
                Sandbox sandbox = Sandbox.start(directory.resolve("sandbox"));
                OrdersTopic topic = new OrdersTopic(sandbox.kafka().bootstrapServers(), TOPIC, TOPIC_PARTITIONS)) {
            fill(topic, clock.instant(), zone);
            String password = AdminPassword.kept(directory.resolve("admin-password"));
            Config config = config(sandbox, directory, password);
            say("Starting the server …");
            try (Server server = Server.start(config);
                    LiveOrders live = new LiveOrders(topic, clock)) {
                ApiClient api = new ApiClient(server.uri());
                api.signIn("admin", password);
                DemoReport report =
                        runWindows(new ShopAuthoring(api, sandbox, WORKSPACE, TOPIC), api, sandbox, topic, clock, zone);
                print(report, server, password);
                if (once) {
                    return report.agrees() ? 0 : 1;
                }
                live.start();
                shutdown.await();
            }
            return 0;
        }
    }

    private void fill(OrdersTopic topic, Instant now, ZoneId zone) {
        if (topic.size() == 0) {
            List<LocalDateTime> times = DemoWindows.lastScheduledTimes(now, zone);
            // The hours that are counted below hold JSON only, so that topic and table have as many records as each
            // other.
            Instant badJsonUntil = DemoWindows.windowOf(times.get(0), zone).start();
            say("Filling the topic %s with %,d orders of the last %d hours …"
                    .formatted(TOPIC, HISTORY_ORDERS, HISTORY.toHours()));
            topic.send(now.minus(HISTORY), now, HISTORY_ORDERS, badJsonUntil);
            return;
        }
        Instant newest = topic.census(List.of()).newestTimestamp().orElse(now);
        Instant from = newest.isBefore(now.minus(HISTORY)) ? now.minus(HISTORY) : newest;
        if (from.isBefore(now)) {
            topic.send(from, now, Duration.between(from, now).toSeconds() * LiveOrders.PER_SECOND, Instant.EPOCH);
        }
    }

    private Config config(Sandbox sandbox, Path directory, String password) {
        return new Config(
                "127.0.0.1",
                port,
                false,
                sandbox.postgres().jdbcUrl(),
                sandbox.postgres().user(),
                sandbox.postgres().password(),
                20,
                directory.resolve("secret.key"),
                "localhost",
                "demo",
                8,
                Set.of(),
                // The databases go down with it: nobody is left to wait for.
                0,
                30,
                null,
                password,
                AlertSettings.NONE);
    }

    private DemoReport runWindows(
            ShopAuthoring shop, ApiClient api, Sandbox sandbox, OrdersTopic topic, InstantSource clock, ZoneId zone) {
        List<LocalDateTime> times = DemoWindows.lastScheduledTimes(clock.instant(), zone);
        say("Authoring, committing and deploying the node …");
        long node = shop.deployedNode(zone);
        shop.backfillOnce(node, times.get(0), times.get(times.size() - 1));
        say("Copying …");
        OrdersTable table = new OrdersTable(
                sandbox.maxCompute().endpoint(),
                sandbox.maxCompute().project(),
                sandbox.maxCompute().accessId(),
                sandbox.maxCompute().accessKey(),
                TOPIC);
        return new DemoReport(new DemoWindows(api, shop, clock, zone).count(node, times, topic, table), zone);
    }

    private void print(DemoReport report, Server server, String password) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(report.text());
        out.println(report.agrees() ? "Topic, table and receipts agree." : "The counts DISAGREE.");
        if (!once) {
            out.println("Look at it: %s/w/%s/ops/instances   user admin   password %s"
                    .formatted(server.uri(), WORKSPACE, password));
            out.println("New orders keep coming; the next hour is copied at a quarter past. Ctrl-C stops the demo.");
        }
        if (json) {
            out.println(report.json());
        }
        out.flush();
    }

    /** Progress goes to standard error: standard output is the answer. */
    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
