package io.tidegate.scheduler.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on PostgreSQL channels over one connection of its own, in one thread, and calls what hangs on the channel. What is
 * missed while the connection is away is missed: whoever listens also polls.
 */
public final class Notifications implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final int WAIT_MS = 500;
    private static final int RECONNECT_MS = 1000;

    private final DataSource dataSource;
    private final Map<String, Runnable> calls;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param dataSource gives the connection, which is kept for good: not a pool that must spare one
     * @param calls what to call for a message on each channel; quick, as messages wait meanwhile
     */
    public Notifications(DataSource dataSource, String threadName, Map<String, Runnable> calls) {
        this.dataSource = dataSource;
        this.calls = Map.copyOf(calls);
        this.thread = new Thread(this::listen, threadName);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = dataSource.getConnection()) {
                listenOn(connection);
            } catch (SQLException e) {
                if (!closed) {
                    LOG.warn("Waiting for the database to listen on: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void listenOn(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            for (String channel : calls.keySet()) {
                statement.execute("LISTEN \"" + channel + "\"");
            }
        }
        // What was told before the connection stood was missed.
        calls.values().forEach(Runnable::run);
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification[] heard = postgres.getNotifications(WAIT_MS);
            if (heard != null) {
                for (PGNotification notification : heard) {
                    calls.getOrDefault(notification.getName(), () -> {}).run();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RECONNECT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
