package io.tidegate.sandbox.maxcompute.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Lets another thread end a long statement. */
public final class Interruption {
    private @Nullable Statement running;
    private boolean asked;

    /** Ends what runs now, and what is started after. */
    public synchronized void interrupt() throws SQLException {
        asked = true;
        if (running != null) {
            running.cancel();
        }
    }

    void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            begin(statement);
            try {
                statement.execute(sql);
            } finally {
                end();
            }
        }
    }

    private synchronized void begin(Statement statement) throws SQLException {
        if (asked) {
            throw new SQLException("interrupted");
        }
        running = statement;
    }

    private synchronized void end() {
        running = null;
    }
}
