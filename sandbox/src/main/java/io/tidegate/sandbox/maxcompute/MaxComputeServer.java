package io.tidegate.sandbox.maxcompute;

import io.tidegate.sandbox.directory.DataDirectory;
import io.tidegate.sandbox.directory.SandboxException;
import io.tidegate.sandbox.maxcompute.rest.InstanceRoutes;
import io.tidegate.sandbox.maxcompute.rest.ProjectRoutes;
import io.tidegate.sandbox.maxcompute.rest.Signatures;
import io.tidegate.sandbox.maxcompute.rest.TableRoutes;
import io.tidegate.sandbox.maxcompute.sql.SqlEngine;
import io.tidegate.sandbox.maxcompute.sql.SqlService;
import io.tidegate.sandbox.maxcompute.storage.Catalog;
import io.tidegate.sandbox.maxcompute.storage.Database;
import io.tidegate.sandbox.maxcompute.storage.Insertion;
import io.tidegate.sandbox.maxcompute.storage.Partitions;
import io.tidegate.sandbox.maxcompute.storage.Reading;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances;
import io.tidegate.sandbox.maxcompute.storage.StorageSettings;
import io.tidegate.sandbox.maxcompute.storage.Sweep;
import io.tidegate.sandbox.maxcompute.storage.Uploads;
import io.tidegate.sandbox.maxcompute.tunnel.DownloadRoutes;
import io.tidegate.sandbox.maxcompute.tunnel.Faults;
import io.tidegate.sandbox.maxcompute.tunnel.StreamRoutes;
import io.tidegate.sandbox.maxcompute.tunnel.TunnelUsage;
import io.tidegate.sandbox.maxcompute.tunnel.UploadRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MaxCompute service and its Tunnel on 127.0.0.1, for the official Java SDK. Everything is kept in one directory, which
 * one server at a time may use.
 */
public final class MaxComputeServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MaxComputeServer.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);
    private static final int THREADS_MAX = 128;

    private final DataDirectory directory;
    private final Database database;
    private final Catalog catalog;
    private final SqlService sql;
    private final Server server;
    private final ServerConnector connector;
    private final ScheduledExecutorService sweeper;
    private final Identity identity;

    private record Identity(String accessId, String accessKey, String project, Faults faults, TunnelUsage usage) {}

    private MaxComputeServer(DataDirectory directory, Database database, MaxComputeOptions options)
            throws IOException, SQLException {
        KeptSettings kept = KeptSettings.in(directory.path());
        this.directory = directory;
        this.database = database;
        String accessId = options.accessId() == null ? kept.accessId() : options.accessId();
        String accessKey = options.accessKey() == null ? kept.accessKey() : options.accessKey();
        this.identity = new Identity(accessId, accessKey, options.projects().get(0), new Faults(), new TunnelUsage());

        StorageSettings settings = settings(options);
        this.catalog = new Catalog(database, options.clock());
        Partitions partitions = new Partitions(database, options.clock());
        Uploads uploads = new Uploads(database, options.clock(), settings);
        Reading reading = new Reading(database);
        SqlInstances instances = new SqlInstances(database, options.clock());
        Insertion insertion = new Insertion(database, options.clock());
        this.sql = new SqlService(new SqlEngine(database, catalog, partitions, insertion), instances);
        Sweep sweep = new Sweep(database, options.clock(), settings);
        sweep.orphans();
        for (String project : options.projects()) {
            catalog.createProject(project);
        }

        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX);
        threads.setName("maxcompute");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = connector(server, directory.port("port", options.port()));
        Routes routes = new Routes(
                new ProjectRoutes(catalog, connector::getLocalPort),
                new InstanceRoutes(sql, instances, reading, options.zone()),
                new TableRoutes(catalog, partitions),
                new UploadRoutes(catalog, uploads, identity.faults(), identity.usage()),
                new DownloadRoutes(catalog, partitions, reading, instances),
                new StreamRoutes(catalog, partitions, uploads),
                new AdminRoutes(identity.faults()));
        server.setHandler(new RequestHandler(
                routes,
                options.checkSignatures()
                        ? new Signatures(accessId, accessKey, options.clock(), options.clockSkewMax())
                        : null));
        listen();
        kept.write(accessId, accessKey);
        this.sweeper = sweeping(sweep);
    }

    private static StorageSettings settings(MaxComputeOptions options) {
        return new StorageSettings(
                options.zone(), options.memoryMegabytes(), Duration.ofHours(24), Duration.ofHours(1));
    }

    private static ServerConnector connector(Server server, int port) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        // As the real Tunnel: a writer that is silent for two minutes loses its connection.
        connector.setIdleTimeout(Duration.ofMinutes(2).toMillis());
        server.addConnector(connector);
        return connector;
    }

    private void listen() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the HTTP server did not start", e);
        }
    }

    private static ScheduledExecutorService sweeping(Sweep sweep) {
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "maxcompute-sweep");
            thread.setDaemon(true);
            return thread;
        });
        var unused = sweeper.scheduleWithFixedDelay(
                () -> {
                    try {
                        sweep.tick();
                    } catch (SQLException | RuntimeException e) {
                        log.warn("Rows that nobody can see could not be swept; the next round tries again", e);
                    }
                },
                SWEEP_INTERVAL.toMillis(),
                SWEEP_INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
        return sweeper;
    }

    /** Starts with the defaults. */
    public static MaxComputeServer start(Path directory) {
        return start(directory, MaxComputeOptions.defaults());
    }

    /**
     * Starts.
     *
     * @throws SandboxException if the port is taken, or another server uses the directory
     * @throws IllegalStateException if the store is damaged
     */
    public static MaxComputeServer start(Path directory, MaxComputeOptions options) {
        DataDirectory data = DataDirectory.open(directory);
        try {
            return startIn(data, options);
        } catch (IOException e) {
            data.close();
            throw new UncheckedIOException("The local MaxCompute did not start in " + directory, e);
        } catch (SQLException e) {
            data.close();
            throw new IllegalStateException("The local MaxCompute cannot use its store in " + directory, e);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static MaxComputeServer startIn(DataDirectory data, MaxComputeOptions options)
            throws IOException, SQLException {
        Database database = Database.open(data.path(), settings(options));
        try {
            MaxComputeServer server = new MaxComputeServer(data, database, options);
            log.info("Local MaxCompute at {} keeps its data in {}", server.endpoint(), data.path());
            return server;
        } catch (IOException | SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The URL for {@code Odps.setEndpoint}. */
    public String endpoint() {
        return "http://127.0.0.1:" + port() + "/api";
    }

    public int port() {
        return connector.getLocalPort();
    }

    public String accessId() {
        return identity.accessId();
    }

    public String accessKey() {
        return identity.accessKey();
    }

    /** The default project. */
    public String project() {
        return identity.project();
    }

    /**
     * Makes a project unless it is there.
     *
     * @throws IllegalArgumentException if the name is not one for a project
     */
    public void createProject(String name) {
        try {
            catalog.createProject(name);
        } catch (SQLException e) {
            throw new IllegalStateException("The project %s could not be made".formatted(name), e);
        }
    }

    /**
     * Makes a schema in a project unless it is there; the project is one of three layers from then on.
     *
     * @throws IllegalArgumentException if the name is not one for a schema
     */
    public void createSchema(String project, String schema) {
        try {
            catalog.createSchema(project, schema);
        } catch (SQLException e) {
            throw new IllegalStateException("The schema %s could not be made".formatted(schema), e);
        }
    }

    /** What clients have asked of the Tunnel since the start. */
    public TunnelUsage tunnelUsage() {
        return identity.usage();
    }

    public Faults faults() {
        return identity.faults();
    }

    /** Stops taking requests, ends statements that run, and writes everything to disk. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("The HTTP server of the local MaxCompute did not stop cleanly", e);
        }
        sql.close();
        try {
            database.close();
        } catch (SQLException e) {
            log.warn("The store of the local MaxCompute was not closed; its log is replayed at the next start", e);
        }
        directory.close();
    }
}
