package io.tidegate.bench.scale;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidegate.sandbox.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An empty database on the benchmark's server, with a pool as large as the one of a server. */
public final class ScaleDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 48;

    private final PostgresServer server;
    private final String name;
    private final String url;
    private final HikariDataSource pool;

    private ScaleDatabase(PostgresServer server, String name, String url) {
        this.server = server;
        this.name = name;
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(CONNECTIONS);
        pool = new HikariDataSource(config);
    }

    /** Throws away what an earlier run has left under this name. */
    public static ScaleDatabase empty(PostgresServer server, String name) throws SQLException {
        drop(server, name);
        return new ScaleDatabase(server, name, server.createDatabase(name));
    }

    DataSource pool() {
        return pool;
    }

    /** A connection for each call, for who listens. */
    DataSource unpooled() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    long megabytes() throws SQLException {
        return number("SELECT pg_database_size(current_database())") >> 20;
    }

    /** Closes the pool and frees the disk. */
    @Override
    public void close() throws SQLException {
        pool.close();
        drop(server, name);
    }

    private static void drop(PostgresServer server, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
    }
}
