package io.tidegate.sandbox.maxcompute.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DuckDB file. Rows live in one data table per MaxCompute table, each row marked with the attempt that wrote it;
 * a row is seen only while {@code meta.visible} names its attempt. So a commit writes a few metadata rows, whatever the
 * amount of data, and is atomic.
 *
 * <p>Metadata changes run one after the other under a lock: DuckDB would otherwise refuse the later of two transactions
 * that touch the same row. Appending rows needs no lock.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** The metadata tables. Instants are milliseconds since 1970. No keys: DuckDB's indexes refuse a delete and insert of the same key in one transaction. */
    private static final String METADATA = """
            CREATE SCHEMA IF NOT EXISTS meta;
            CREATE SCHEMA IF NOT EXISTS data;
            CREATE SCHEMA IF NOT EXISTS result;
            CREATE SCHEMA IF NOT EXISTS functions;
            CREATE TABLE IF NOT EXISTS meta.project(name VARCHAR, created BIGINT);
            CREATE TABLE IF NOT EXISTS meta.definition(
                id BIGINT, project VARCHAR, name VARCHAR, columns VARCHAR, partition_keys VARCHAR, comment VARCHAR,
                lifecycle INTEGER, created BIGINT, changed BIGINT, written BIGINT);
            ALTER TABLE meta.definition ADD COLUMN IF NOT EXISTS external BOOLEAN DEFAULT false;
            CREATE TABLE IF NOT EXISTS meta.partition(
                table_id BIGINT, name VARCHAR, created BIGINT, written BIGINT);
            CREATE TABLE IF NOT EXISTS meta.upload(
                id VARCHAR, table_id BIGINT, partition VARCHAR, overwrite BOOLEAN, status VARCHAR, created BIGINT);
            CREATE TABLE IF NOT EXISTS meta.block(
                attempt BIGINT, upload VARCHAR, number BIGINT, row_count BIGINT, byte_count BIGINT, finished BIGINT);
            CREATE TABLE IF NOT EXISTS meta.visible(
                table_id BIGINT, partition VARCHAR, attempt BIGINT, row_count BIGINT, byte_count BIGINT);
            CREATE TABLE IF NOT EXISTS meta.garbage(table_id BIGINT, attempt BIGINT, since BIGINT);
            CREATE TABLE IF NOT EXISTS meta.instance(
                id VARCHAR, project VARCHAR, task VARCHAR, query VARCHAR, status VARCHAR, format VARCHAR,
                text VARCHAR, columns VARCHAR, row_count BIGINT, started BIGINT, ended BIGINT);
            """;

    private final DuckDBConnection root;
    private final ReentrantLock metadata = new ReentrantLock(true);
    private final AtomicLong lastNumber = new AtomicLong();

    private Database(DuckDBConnection root) {
        this.root = root;
    }

    /** Work on one connection. */
    public interface Work<T> {
        T run(DuckDBConnection connection) throws SQLException;
    }

    /**
     * Opens or creates the file.
     *
     * @throws SQLException if another process holds the file or it is damaged
     */
    public static Database open(Path directory, StorageSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("memory_limit", settings.memoryMegabytes() + "MB");
        properties.setProperty("temp_directory", directory.resolve("spill").toString());
        // At 16 MB, the default, folding the log into the file costs as much as writing the rows.
        properties.setProperty("checkpoint_threshold", "256MB");
        properties.setProperty("default_null_order", "nulls_first_on_asc_last_on_desc");
        properties.setProperty("errors_as_json", "true");
        DuckDBConnection root = (DuckDBConnection)
                DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("maxcompute.duckdb"), properties);
        try {
            Jdbc.execute(root, "SET GLOBAL TimeZone = '" + settings.zone().getId() + "'");
            Jdbc.execute(root, METADATA);
            Jdbc.execute(root, SqlFunctions.DEFINITIONS);
            // A statement of a user must not read the files of this machine.
            Jdbc.execute(root, "SET GLOBAL enable_external_access = false");
            Database database = new Database(root);
            database.lastNumber.set(database.highestNumber());
            return database;
        } catch (SQLException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** A new connection; the caller closes it. */
    public DuckDBConnection connect() throws SQLException {
        return root.duplicate();
    }

    /** Runs work that changes nothing, each statement by itself. */
    public <T> T read(Work<T> work) throws SQLException {
        try (DuckDBConnection connection = connect()) {
            return work.run(connection);
        }
    }

    /** Runs work in one transaction, alone among the changes of metadata. */
    public <T> T change(Work<T> work) throws SQLException {
        metadata.lock();
        try (DuckDBConnection connection = connect()) {
            connection.setAutoCommit(false);
            return inTransaction(connection, work);
        } finally {
            metadata.unlock();
        }
    }

    static <T> T inTransaction(DuckDBConnection connection, Work<T> work) throws SQLException {
        try {
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
    }

    static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** A number that no table and no attempt has had. */
    public long nextNumber() {
        return lastNumber.incrementAndGet();
    }

    private long highestNumber() throws SQLException {
        return read(
                connection -> Jdbc.first(connection, """
                        SELECT coalesce(max(n), 0) FROM (
                            SELECT max(id) n FROM meta.definition UNION ALL SELECT max(attempt) FROM meta.block
                            UNION ALL SELECT max(attempt) FROM meta.visible UNION ALL SELECT max(attempt) FROM meta.garbage)
                        """, row -> row.getLong(1)).orElse(0L));
    }

    /** Writes everything into the file and lets go of it. */
    @Override
    public void close() throws SQLException {
        metadata.lock();
        try {
            Jdbc.execute(root, "FORCE CHECKPOINT");
        } catch (SQLException e) {
            // Nothing is lost: the write-ahead log is replayed at the next start.
            log.warn("The local MaxCompute could not be folded into its file; the log will be replayed", e);
        } finally {
            root.close();
            metadata.unlock();
        }
    }
}
