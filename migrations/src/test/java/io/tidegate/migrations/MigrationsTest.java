package io.tidegate.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {
    @Test
    void an_empty_database_gets_every_table_and_a_second_run_finds_nothing_to_do() throws SQLException {
        PGSimpleDataSource database = emptyDatabase("migrations_empty");

        int applied = new Migrations(database).migrate();
        int appliedAgain = new Migrations(database).migrate();

        assertThat(applied).isGreaterThanOrEqualTo(10);
        assertThat(appliedAgain).isZero();
        assertThat(texts(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .contains("user_account", "workspace", "node", "node_version", "deployed_node", "audit_entry");
    }

    @Test
    void servers_that_start_at_once_wait_for_each_other() throws SQLException {
        PGSimpleDataSource database = emptyDatabase("migrations_race");
        List<CompletableFuture<Integer>> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            servers.add(CompletableFuture.supplyAsync(() -> new Migrations(database).migrate()));
        }

        List<Integer> applied = servers.stream().map(CompletableFuture::join).toList();

        assertThat(applied).filteredOn(count -> count > 0).hasSize(1);
    }

    @Test
    void every_instant_is_kept_with_its_zone() throws SQLException {
        PGSimpleDataSource database = emptyDatabase("migrations_instants");
        new Migrations(database).migrate();

        // A scheduled time also keeps the wall clock's view, which has no zone by nature.
        assertThat(texts(
                        database,
                        "SELECT table_name || '.' || column_name FROM information_schema.columns"
                                + " WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'"
                                + " AND table_name <> 'flyway_schema_history' AND column_name NOT LIKE '%local%'"))
                .isEmpty();
    }

    @Test
    void a_migration_that_was_changed_afterwards_is_refused_with_a_sentence() throws SQLException {
        PGSimpleDataSource database = emptyDatabase("migrations_changed");
        new Migrations(database).migrate();
        execute(database, "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '001'");

        assertThatThrownBy(() -> new Migrations(database).migrate())
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith("The database schema could not be brought up to date");
    }

    @Test
    void the_audit_trail_cannot_be_rewritten() throws SQLException {
        PGSimpleDataSource database = emptyDatabase("migrations_audit");
        new Migrations(database).migrate();
        execute(database, "INSERT INTO audit_entry (at, action, object, detail) VALUES (now(), 'a.b', 'c', '{}')");

        assertThatThrownBy(() -> execute(database, "UPDATE audit_entry SET action = 'other'"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> execute(database, "DELETE FROM audit_entry")).hasMessageContaining("append-only");
    }

    @Test
    void windows_that_were_copied_before_the_ledger_was_there_are_known_to_it() throws SQLException {
        PGSimpleDataSource database = emptyDatabase("migrations_window_copy");
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:io/tidegate/migrations")
                .target("030")
                .load()
                .migrate();
        execute(database, """
                INSERT INTO user_account (name, password_hash, created_at) VALUES ('anna', 'x', now());
                INSERT INTO workspace (name, mode, time_zone, periodic_scheduling, created_at)
                VALUES ('shop', 'BASIC', 'UTC', true, now());
                INSERT INTO node (workspace_id, name, type, is_root, owner_id, created_at)
                VALUES (1, 'copy', 'BATCH_SYNC', true, 1, now());
                INSERT INTO node_version (node_id, version, document, note, committed_by, committed_at)
                VALUES (1, 1, '{}', '', 1, now());
                INSERT INTO instance (environment, workspace_id, node_id, node_version_id, origin, scheduled_time, scheduled_local, zone,
                                      business_date, state, frozen, dry_run, priority, resource_group_id, parameters,
                                      auto_reruns_left, eligible_at, created_at)
                SELECT 'PROD', 1, 1, 1, 'CYCLE', now() + n * interval '1 hour', now(), 'UTC', now(), 'SUCCESS', false, false, 1, g.id,
                       '{}', 0, now(), now()
                FROM generate_series(1, 2) n, (SELECT id FROM resource_group LIMIT 1) g;
                INSERT INTO attempt (instance_id, number, generation, epoch, worker, state, lease_until, started_at, finished_at, plan,
                                     receipt)
                VALUES
                (1, 1, 1, 1, 'w', 'SUCCEEDED', now(), now(), now(), '{"topicId":"id-1"}', '{"topic":"orders","writeMode":"OVERWRITE",
                  "windowStart":"2026-11-22T01:00:00Z","windowEnd":"2026-11-22T02:00:00Z","partitions":[{"partition":0,"end":5}]}'),
                (1, 2, 2, 2, 'w', 'LOST', now(), now(), now(), '{"topicId":"id-2"}', NULL),
                (1, 3, 2, 3, 'w', 'SUCCEEDED', now(), now(), now(), NULL, '{"topic":"orders","writeMode":"OVERWRITE",
                  "windowStart":"2026-11-22T01:00:00Z","windowEnd":"2026-11-22T02:00:00Z",
                  "partitions":[{"partition":0,"end":7},{"partition":11,"end":9}]}'),
                (2, 1, 1, 1, 'w', 'SUCCEEDED', now(), now(), now(), NULL, '{"topic":"orders","writeMode":"INTO","windowStart":null,
                  "windowEnd":null,"partitions":[]}');
                """);

        new Migrations(database).migrate();

        assertThat(
                        texts(
                                database,
                                "SELECT instance_id || ' ' || attempt_id || ' ' || topic || ' ' || topic_id || ' ' || read_up_to::text FROM window_copy"))
                .containsExactly("1 3 orders id-2 {\"0\": 7, \"11\": 9}");
    }

    private static PGSimpleDataSource emptyDatabase(String name) throws SQLException {
        PostgresServer postgres = Sandbox.shared().postgres();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.createDatabase(name));
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        try (Connection connection =
                        DriverManager.getConnection(database.getUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " SET timezone = 'America/Los_Angeles'");
        }
        return database;
    }

    private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(PGSimpleDataSource database, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
