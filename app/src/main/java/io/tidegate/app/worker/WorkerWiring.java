package io.tidegate.app.worker;

import io.tidegate.app.config.Config;
import io.tidegate.app.config.ConfigException;
import io.tidegate.app.config.Setting;
import io.tidegate.app.database.Database;
import io.tidegate.app.process.Closing;
import io.tidegate.app.process.Hourly;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.runner.Engine;
import io.tidegate.engine.sync.DirtyFiles;
import io.tidegate.engine.sync.SyncLimits;
import io.tidegate.scheduler.dispatch.Connections;
import io.tidegate.scheduler.dispatch.LeaseSettings;
import io.tidegate.scheduler.dispatch.Worker;
import io.tidegate.scheduler.dispatch.WorkerSettings;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.retention.DirtyFileSweep;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;

/** Makes the worker of a program from its settings. */
public final class WorkerWiring {
    private WorkerWiring() {}

    /** What runs nodes in every program that is not a test. */
    public static NodeRunner engine(Config config, InstantSource clock) {
        Path directory = config.dirtyDirectory();
        return new Engine(
                clock, SyncLimits.DEFAULT.withDirtyFiles(directory == null ? null : DirtyFiles.in(directory)));
    }

    /**
     * Not started yet.
     *
     * @throws ConfigException when a resource group that it shall serve does not exist
     */
    public static Worker worker(
            Config config, Database database, Connections connections, NodeRunner runner, InstantSource clock) {
        refuseUnknownGroups(config, new ResourceGroups(database.jdbi()));
        WorkerSettings settings = WorkerSettings.of(config.workerName(), config.workerThreads())
                .onHost(config.host(), version())
                .serving(config.resourceGroups())
                .withLease(lease(config))
                .drainingFor(Duration.ofSeconds(config.drainSeconds()));
        return new Worker(settings, database.jdbi(), database.unpooled(), runner, connections, clock);
    }

    /** Deletes side files of dirty records on this machine when their time is over; {@code closing} ends that. */
    public static void sweepDirtyFiles(Config config, Database database, InstantSource clock, Closing closing) {
        Path directory = config.dirtyDirectory();
        if (directory != null) {
            closing.add(new Hourly("dirty-files", new DirtyFileSweep(database.jdbi(), directory, clock)::tick))
                    .start();
        }
    }

    /** The same for workers and for who declares their attempts lost. */
    public static LeaseSettings lease(Config config) {
        Duration length = Duration.ofSeconds(config.leaseSeconds());
        return new LeaseSettings(length, length.dividedBy(3), LeaseSettings.DEFAULT.lostAttemptsMax());
    }

    private static void refuseUnknownGroups(Config config, ResourceGroups groups) {
        List<String> known =
                groups.list().stream().map(ResourceGroup::name).sorted().toList();
        TreeSet<String> unknown = new TreeSet<>(config.resourceGroups());
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ConfigException(
                    "%s: there is no resource group %s. There are: %s. Name one of them, or make it first (POST /api/v1/resource-groups)."
                            .formatted(
                                    Setting.RESOURCE_GROUPS.key(),
                                    String.join(", ", unknown),
                                    String.join(", ", known)));
        }
    }

    /** As Maven wrote it into the jar's manifest. */
    private static String version() {
        String version = WorkerWiring.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
