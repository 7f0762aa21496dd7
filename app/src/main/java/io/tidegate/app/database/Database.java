package io.tidegate.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.tidegate.app.config.Config;
import io.tidegate.app.config.ConfigException;
import io.tidegate.migrations.MigrationException;
import io.tidegate.migrations.Migrations;
import io.tidegate.scheduler.database.SchedulerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The one PostgreSQL database, with all tables in place.
 *
 * @param dataSource a pool of connections
 * @param unpooled makes a connection of its own each time, for what keeps it for good
 */
public record Database(HikariDataSource dataSource, DataSource unpooled, Jdbi jdbi) implements AutoCloseable {
    private static final long CONNECT_MILLIS_MAX = 10_000;
    private static final int ANSWER_SECONDS_MAX = 2;
    /**
     * PostgreSQL ends a transaction in which its program has said nothing for so long. A program that stands still, or whose
     * machine is gone without a farewell, would else keep its locks, and with them everybody else, until the network gives up:
     * two hours.
     */
    private static final int SILENT_SECONDS_MAX = 30;

    /**
     * Connects, and brings the schema up to date.
     *
     * @throws ConfigException when it cannot be reached or used
     */
    public static Database open(Config config) {
        return open(config, Migrations::migrate);
    }

    /**
     * Connects to a database whose schema is somebody else's to keep.
     *
     * @throws ConfigException when it cannot be reached or used, or is not up to date
     */
    public static Database openMigrated(Config config) {
        try {
            return open(config, Migrations::check);
        } catch (MigrationException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static Database open(Config config, Consumer<Migrations> prepare) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(config.databaseUrl());
        settings.setUsername(config.databaseUser());
        settings.setPassword(config.databasePassword());
        settings.setMaximumPoolSize(config.poolSize());
        settings.setConnectionTimeout(CONNECT_MILLIS_MAX);
        settings.setPoolName("tidegate");
        settings.setConnectionInitSql("SET idle_in_transaction_session_timeout = '" + SILENT_SECONDS_MAX + "s'");
        settings.addDataSourceProperty("reWriteBatchedInserts", "true");
        settings.addDataSourceProperty("ApplicationName", "tidegate");
        // A network that swallows everything must not keep a dead connection for ever.
        settings.addDataSourceProperty("tcpKeepAlive", "true");
        HikariDataSource dataSource;
        try {
            dataSource = new HikariDataSource(settings);
        } catch (PoolInitializationException e) {
            throw new ConfigException("PostgreSQL at %s cannot be used as %s: %s"
                    .formatted(config.databaseUrl(), config.databaseUser(), rootMessage(e)));
        }
        try {
            prepare.accept(new Migrations(dataSource));
            return new Database(dataSource, unpooled(config), SchedulerDatabase.on(dataSource));
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
    }

    private static DataSource unpooled(Config config) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(config.databaseUrl());
        dataSource.setUser(config.databaseUser());
        dataSource.setPassword(config.databasePassword());
        dataSource.setApplicationName("tidegate-listen");
        dataSource.setTcpKeepAlive(true);
        return dataSource;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Whether the database answers now. */
    public boolean answers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(ANSWER_SECONDS_MAX);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
