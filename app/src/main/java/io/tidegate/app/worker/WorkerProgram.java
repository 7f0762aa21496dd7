package io.tidegate.app.worker;

import io.tidegate.app.config.Config;
import io.tidegate.app.config.ConfigException;
import io.tidegate.app.config.Setting;
import io.tidegate.app.database.Database;
import io.tidegate.app.database.DatabaseClock;
import io.tidegate.app.process.Closing;
import io.tidegate.engine.NodeRunner;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.dispatch.Worker;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * A worker and nothing else: no web, no duties. It takes slots of the resource groups it serves, beside the servers and the other
 * workers on the same database. The schema and the secret key are the servers' to make.
 */
public final class WorkerProgram implements AutoCloseable {
    private final Closing closing;
    private final Config config;

    private WorkerProgram(Closing closing, Config config) {
        this.closing = closing;
        this.config = config;
    }

    /**
     * Starts it; it claims from now on.
     *
     * @throws ConfigException when a setting is the reason that it cannot start
     */
    public static WorkerProgram start(Config config) {
        return start(config, clock -> WorkerWiring.engine(config, clock), clock -> clock);
    }

    /**
     * The same with another way to run nodes, by another clock.
     *
     * @param runner made for the clock that everything goes by
     * @param clockOf makes that clock from the database's
     */
    public static WorkerProgram start(
            Config config, Function<InstantSource, NodeRunner> runner, UnaryOperator<InstantSource> clockOf) {
        if (config.workerThreads() == 0) {
            throw new ConfigException("%s is 0, but a worker that runs nothing is none. Give at least 1."
                    .formatted(Setting.WORKER_THREADS.key()));
        }
        Closing closing = new Closing();
        try {
            SecretKey key = secretKey(config);
            Database database = closing.add(Database.openMigrated(config));
            InstantSource clock = clockOf.apply(closing.add(DatabaseClock.of(database.dataSource())));
            Jdbi jdbi = database.jdbi();
            DataSources dataSources = new DataSources(jdbi, key, new Audit(jdbi, clock), clock);
            Worker worker = closing.add(
                    WorkerWiring.worker(config, database, dataSources::connections, runner.apply(clock), clock));
            WorkerWiring.sweepDirtyFiles(config, database, clock, closing);
            worker.start();
            return new WorkerProgram(closing, config);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static SecretKey secretKey(Config config) {
        String place = Setting.SECRET_KEY_FILE.key() + ": ";
        try {
            return SecretKey.load(config.secretKeyFile());
        } catch (NoSuchFileException e) {
            // A key of its own would open none of the secrets that the servers have stored.
            throw new ConfigException(place + config.secretKeyFile()
                    + " is not there. Give the worker the key file of the servers, with mode 0600.");
        } catch (IOException e) {
            throw new ConfigException(place + config.secretKeyFile() + " cannot be read: " + e);
        } catch (IllegalStateException e) {
            throw new ConfigException(place + e.getMessage());
        }
    }

    /** What it is and does, for people. */
    public String description() {
        return "Worker %s takes up to %d attempts at once, of %s"
                .formatted(
                        config.workerName(),
                        config.workerThreads(),
                        config.resourceGroups().isEmpty()
                                ? "all resource groups"
                                : "resource group "
                                        + String.join(
                                                ", ",
                                                config.resourceGroups().stream()
                                                        .sorted()
                                                        .toList()));
    }

    /** Lets running attempts end for a while, and hands over the rest. */
    @Override
    public void close() {
        closing.close();
    }
}
