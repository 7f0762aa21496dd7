package io.tidegate.app.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's clock, so that all programs on one database go by the same one: a lease that a worker takes must mean the same to
 * whoever watches it. The time is asked for every few seconds and goes on by the machine's own ticks in between; what somebody sets
 * the machine's clock to has no effect.
 */
public final class DatabaseClock implements InstantSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final long ASK_EVERY_MILLIS = 5_000;
    /** Less than that is the network's, and stepping to and fro helps nobody. */
    private static final Duration TOLERANCE = Duration.ofMillis(100);
    /** An answer that took longer says too little. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    private record Anchor(Instant time, long nanos) {}

    /** How the database's clock is read. */
    @FunctionalInterface
    interface Source {
        Instant read() throws SQLException;
    }

    private final Source source;
    private final LongSupplier nanoTime;
    private final Thread thread = new Thread(this::askAgainAndAgain, "database-clock");
    private volatile Anchor anchor;

    /**
     * Visible for tests.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    DatabaseClock(Source source, LongSupplier nanoTime) throws SQLException {
        this.source = source;
        this.nanoTime = nanoTime;
        this.anchor = new Anchor(source.read(), nanoTime.getAsLong());
        thread.setDaemon(true);
    }

    /**
     * Asks for the time at once, and from then on until it is closed.
     *
     * @throws IllegalStateException when the database does not answer
     */
    public static DatabaseClock of(DataSource database) {
        try {
            DatabaseClock clock = new DatabaseClock(() -> read(database), System::nanoTime);
            clock.thread.start();
            return clock;
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not tell the time: " + e.getMessage(), e);
        }
    }

    private static Instant read(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    @Override
    public Instant instant() {
        return at(anchor, nanoTime.getAsLong());
    }

    private static Instant at(Anchor known, long nanos) {
        return known.time().plusNanos(nanos - known.nanos());
    }

    /** Visible for tests: asks once, and believes the answer when it came soon enough. */
    void ask() throws SQLException {
        long before = nanoTime.getAsLong();
        Instant answer = source.read();
        long took = nanoTime.getAsLong() - before;
        if (took > ANSWER_MAX.toNanos()) {
            return;
        }
        Anchor measured = new Anchor(answer, before + took / 2);
        Duration off = Duration.between(at(anchor, measured.nanos()), answer);
        if (off.abs().compareTo(TOLERANCE) <= 0) {
            return;
        }
        if (off.abs().compareTo(ANSWER_MAX) > 0) {
            LOG.warn("PostgreSQL's clock moved by {}, and this program's with it.", off);
        }
        anchor = measured;
    }

    private void askAgainAndAgain() {
        while (true) {
            try {
                Thread.sleep(ASK_EVERY_MILLIS);
                ask();
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                LOG.debug("The time could not be asked for; it goes on as before.", e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
