package io.tidegate.sandbox.maxcompute.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes rows that nobody can see any more, and forgets sessions and instances of days gone by. */
public final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    private final Database database;
    private final InstantSource clock;
    private final StorageSettings settings;

    public Sweep(Database database, InstantSource clock, StorageSettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    /** What a killed server left behind: rows of blocks that were never listed. Only while nobody writes. */
    public void orphans() throws SQLException {
        database.change(connection -> {
            for (long table : tables(connection)) {
                Jdbc.update(connection, """
                        INSERT INTO meta.garbage SELECT %1$d, n, 0 FROM (SELECT DISTINCT _attempt n FROM data.t%1$d)
                        WHERE n NOT IN (SELECT attempt FROM meta.block UNION SELECT attempt FROM meta.visible
                            UNION SELECT attempt FROM meta.garbage)
                        """.formatted(table));
            }
            Jdbc.update(
                    connection,
                    "UPDATE meta.instance SET status = 'FAILED', format = 'text', text = ?, ended = ? WHERE status = 'RUNNING'",
                    "ODPS-0010000:System internal error - the local MaxCompute was stopped while this instance ran",
                    clock.millis());
            return connection;
        });
        tick();
    }

    /** One round. */
    public void tick() throws SQLException {
        long expired = clock.millis() - settings.sessionLife().toMillis();
        long old = clock.millis() - settings.garbageLife().toMillis();
        database.change(connection -> {
            Jdbc.update(connection, """
                    INSERT INTO meta.garbage SELECT u.table_id, b.attempt, ? FROM meta.block b
                    JOIN meta.upload u ON u.id = b.upload
                    WHERE u.status = 'EXPIRED' OR (u.status = 'NORMAL' AND u.created < ?)
                    """, clock.millis(), expired);
            Jdbc.update(connection, "DELETE FROM meta.block WHERE attempt IN (SELECT attempt FROM meta.garbage)");
            Jdbc.update(
                    connection,
                    "UPDATE meta.upload SET status = 'EXPIRED' WHERE status = 'NORMAL' AND created < ?",
                    expired);
            Jdbc.update(
                    connection,
                    "DELETE FROM meta.upload WHERE created < ?",
                    expired - settings.sessionLife().toMillis());
            for (long table : tables(connection)) {
                int rows = Jdbc.update(
                        connection,
                        "DELETE FROM data.t%1$d WHERE _attempt IN (SELECT attempt FROM meta.garbage WHERE table_id = %1$d AND since <= %2$d)"
                                .formatted(table, old));
                if (rows > 0) {
                    log.debug("Swept {} rows that nobody can see from table {}", rows, table);
                }
            }
            Jdbc.update(connection, "DELETE FROM meta.garbage WHERE since <= ?", old);
            forgetInstances(connection, expired);
            return connection;
        });
    }

    private static void forgetInstances(Connection connection, long before) throws SQLException {
        List<String> results = Jdbc.list(
                connection,
                "SELECT id FROM meta.instance WHERE started < ? AND status <> 'RUNNING'",
                row -> row.getString(1),
                before);
        for (String id : results) {
            Jdbc.execute(connection, "DROP TABLE IF EXISTS result." + Names.quoted(id));
            Jdbc.update(connection, "DELETE FROM meta.instance WHERE id = ?", id);
        }
    }

    private static List<Long> tables(Connection connection) throws SQLException {
        return Jdbc.list(connection, "SELECT id FROM meta.definition", row -> row.getLong(1));
    }
}
