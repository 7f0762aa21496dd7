package io.tidegate.sandbox.postgres;

import io.tidegate.sandbox.directory.DataDirectory;
import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A PostgreSQL of its own, on 127.0.0.1 only, that keeps its data, port and password in one directory.
 *
 * <p>It is a real one with nothing weakened: fsync, checksums and passwords (SCRAM-SHA-256) are on, only the number of
 * sessions and the memory are set for a small machine. It runs as a direct child of this JVM and ends with it, also after
 * {@code kill -9}. It works for root (in a user namespace, or as uid 65534) and for ordinary users.
 *
 * <p>The time zone of a session is the client's: the JDBC driver sends the JVM's default zone on connecting, and that
 * outweighs every setting of a server or database.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "tidegate";
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final long LOG_BYTES_MAX = 16 << 20;
    private static final int LOG_TAIL_CHARACTERS = 4000;

    /** Generous: a crashed server first replays its log. */
    private static final int START_SECONDS_MAX = 120;

    private final DataDirectory directory;
    private final int port;
    private final String password;
    private final PostgresProcess process;

    private PostgresServer(DataDirectory directory, int port, String password, PostgresProcess process) {
        this.directory = directory;
        this.port = port;
        this.password = password;
        this.process = process;
    }

    /**
     * Starts on the port of the last time, or on a free one that is kept from now on.
     *
     * @throws SandboxException when it cannot start; the message says why and what to do
     */
    public static PostgresServer start(Path directory) {
        return start(directory, 0);
    }

    /** As {@link #start(Path)}, on this port (0: the kept one). */
    public static PostgresServer start(Path directory, int port) {
        return start(directory, port, LaunchPrefix.detect());
    }

    static PostgresServer start(Path directory, int wantedPort, LaunchPrefix prefix) {
        DataDirectory held = DataDirectory.open(directory);
        try {
            var binaries = PostgresBinaries.unpack(held.path());
            var cluster = new PostgresCluster(held.path(), binaries, prefix);
            String password = cluster.make(USER);
            cluster.awaitPredecessor();
            int port = held.port("port", wantedPort);
            Path log = freshLog(held.path());
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            var process = PostgresProcess.start(prefix, command(binaries, cluster.data(), port), log);
            var server = new PostgresServer(held, port, password, process);
            try {
                server.awaitReady(cluster.data(), log, logStart);
                server.createDatabase(USER);
                return server;
            } catch (RuntimeException e) {
                process.stop();
                throw e;
            }
        } catch (IOException e) {
            held.close();
            throw new SandboxException("PostgreSQL could not be started in %s: %s".formatted(directory, e), e);
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private static List<String> command(PostgresBinaries binaries, Path data, int port) {
        var command = new ArrayList<>(List.of(binaries.program("postgres").toString(), "-D", data.toString()));
        List<String> settings = List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                "max_connections=200",
                "shared_buffers=64MB",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "timezone=UTC",
                "log_timezone=UTC",
                "logging_collector=off",
                "log_destination=stderr",
                "cluster_name=tidegate-sandbox");
        for (String setting : settings) {
            command.add("-c");
            command.add(setting);
        }
        return command;
    }

    private static Path freshLog(Path directory) throws IOException {
        Path log = directory.resolve("postgres.log");
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.delete(log);
        }
        return log;
    }

    /** The file names our own child and the password is ours: a foreign server on the port is never taken for this one. */
    private void awaitReady(Path data, Path log, long logStart) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (PostmasterFile.read(data)
                .filter(f -> f.pid() == process.pid() && f.ready())
                .isEmpty()) {
            if (!process.isAlive()) {
                throw new SandboxException("PostgreSQL did not start. Its log says:\n" + tail(log, logStart));
            }
            if (System.nanoTime() > deadline) {
                throw new SandboxException("PostgreSQL was not ready within %d s. Its log says:%n%s"
                        .formatted(START_SECONDS_MAX, tail(log, logStart)));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static String tail(Path log, long start) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int from = (int) Math.max(start, all.length - LOG_TAIL_CHARACTERS);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    /** Of the database {@code tidegate}, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl(USER);
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** A superuser. */
    public String user() {
        return USER;
    }

    /** Random, made with the data directory and kept there, readable by the owner only. */
    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** The process number of the server. */
    public long pid() {
        return process.pid();
    }

    /**
     * Makes the database unless it is there. Tests give each class one of its own.
     *
     * @param name lower-case letters, digits and underscores
     * @return its JDBC URL, without user and password
     */
    public String createDatabase(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "database name '%s' must be lower-case letters, digits and underscores".formatted(name));
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, password);
                var exists = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("CREATE DATABASE " + name);
            }
            return jdbcUrl(name);
        } catch (SQLException e) {
            throw new SandboxException("Cannot create database %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Stops the server by a fast shutdown: open sessions are cut, all that was committed is kept. */
    @Override
    public void close() {
        process.stop();
        directory.close();
    }
}
