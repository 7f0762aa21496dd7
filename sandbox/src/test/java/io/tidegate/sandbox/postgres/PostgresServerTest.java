package io.tidegate.sandbox.postgres;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidegate.sandbox.ChildJvm;
import io.tidegate.sandbox.directory.FileTree;
import io.tidegate.sandbox.directory.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    static Path sharedDirectory;

    /** For the tests that neither stop nor change it. */
    private static PostgresServer shared;

    @TempDir
    Path directory;

    /** Other users get there, unlike to what JUnit makes. */
    private Path reachable;

    @BeforeEach
    void makeReachable() throws IOException {
        reachable = Files.createTempDirectory("tidegate-reachable");
        Files.setPosixFilePermissions(reachable, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @BeforeAll
    static void start() {
        shared = PostgresServer.start(sharedDirectory.resolve("pg"));
    }

    @AfterEach
    void deleteReachable() throws IOException {
        FileTree.delete(reachable);
    }

    @AfterAll
    static void stop() {
        if (shared != null) {
            shared.close();
        }
    }

    @Test
    void nothing_that_keeps_data_safe_is_switched_off() throws Exception {
        assertThat(show(shared, "server_version")).startsWith("18.");
        assertThat(show(shared, "fsync")).isEqualTo("on");
        assertThat(show(shared, "synchronous_commit")).isEqualTo("on");
        assertThat(show(shared, "full_page_writes")).isEqualTo("on");
        assertThat(show(shared, "data_checksums")).isEqualTo("on");
        assertThat(show(shared, "max_connections")).isEqualTo("200");
        assertThat(show(shared, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show(shared, "unix_socket_directories")).isEmpty();
        assertThat(show(shared, "server_encoding")).isEqualTo("UTF8");
        assertThat(query(shared, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                .isEqualTo("scram-sha-256");
        assertThat(query(shared, "SELECT left(rolpassword, 14) FROM pg_authid WHERE rolname = 'tidegate'"))
                .isEqualTo("SCRAM-SHA-256$");
    }

    @Test
    void the_password_is_readable_by_the_owner_only_and_a_wrong_one_is_refused() throws Exception {
        Path file = sharedDirectory.resolve("pg/password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file).strip()).isEqualTo(shared.password());
        assertThatThrownBy(() -> DriverManager.getConnection(shared.jdbcUrl(), shared.user(), "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void a_restart_keeps_rows_port_and_password() throws Exception {
        Path data = directoryWithBinaries();
        int port;
        String password;
        try (PostgresServer server = PostgresServer.start(data)) {
            port = server.port();
            password = server.password();
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (PostgresServer server = PostgresServer.start(data)) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.password()).isEqualTo(password);
            assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void closing_cuts_open_sessions_instead_of_waiting_for_them() throws Exception {
        Path data = directoryWithBinaries();
        PostgresServer server = PostgresServer.start(data);
        try (Connection open = connect(server)) {
            assertThat(open.isValid(1)).isTrue();
            long started = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(ProcessHandle.of(server.pid())).isEmpty();
    }

    @Test
    void each_test_class_can_have_a_database_of_its_own() throws Exception {
        String url = shared.createDatabase("one");
        assertThat(shared.createDatabase("one")).isEqualTo(url);
        try (Connection connection = DriverManager.getConnection(url, shared.user(), shared.password())) {
            assertThat(connection.getCatalog()).isEqualTo("one");
        }
        assertThatThrownBy(() -> shared.createDatabase("Robert'; DROP TABLE x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower-case letters");
    }

    /** So nobody need look for a setting of the server when a zone matters: the client decides. */
    @Test
    void a_session_has_the_zone_of_the_jvm() throws Exception {
        execute(shared, "ALTER DATABASE tidegate SET timezone = 'America/Los_Angeles'");
        assertThat(show(shared, "timezone")).isEqualTo(ZoneId.systemDefault().getId());
    }

    @Test
    void a_directory_belongs_to_one_server_at_a_time() {
        assertThatThrownBy(() -> PostgresServer.start(sharedDirectory.resolve("pg")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("in use by another Tidegate");
        assertThat(shared.pid()).isPositive();
    }

    @Test
    void a_foreign_program_on_the_kept_port_is_not_taken_for_the_server() throws IOException {
        Path data = directoryWithBinaries();
        int port;
        try (PostgresServer server = PostgresServer.start(data)) {
            port = server.port();
        }
        try (var foreign = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(foreign.isBound()).isTrue();
            assertThatThrownBy(() -> PostgresServer.start(data))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("taken by another program");
        }
    }

    /** As after a restart of a container: the number of the old server now is that of some other program. */
    @Test
    void a_stale_pid_file_that_names_another_program_is_removed() throws Exception {
        Path data = directoryWithBinaries();
        PostgresServer.start(data).close();
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            Path stale = data.resolve("data/postmaster.pid");
            Files.writeString(stale, other.pid() + "\n/somewhere\n0\n1\n\n\n\nready\n");
            try (PostgresServer server = PostgresServer.start(data)) {
                assertThat(query(server, "SELECT 1")).isEqualTo("1");
            }
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_killed_jvm_leaves_no_postgres_and_nothing_committed_is_lost() throws Exception {
        Path data = directoryWithBinaries();
        ChildJvm child = ChildJvm.start(ChildPostgres.class, data);
        ProcessHandle postgres = ProcessHandle.of(pid(child)).orElseThrow();
        String url = "jdbc:postgresql://127.0.0.1:%d/tidegate".formatted(port(child));
        try (Connection connection = DriverManager.getConnection(url, "tidegate", child.fact(3));
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        child.kill();
        // At once: the next start has to bear with a server that is still shutting down.
        try (PostgresServer server = PostgresServer.start(data)) {
            // Its data are free already, but a process that has ended is still listed until its parent has noticed.
            await().atMost(Duration.ofSeconds(30)).until(() -> !postgres.isAlive());
            assertThat(server.port()).isEqualTo(port(child));
            assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void a_killed_jvm_leaves_no_postgres_even_if_nobody_starts_again() throws Exception {
        Path data = directoryWithBinaries();
        ChildJvm child = ChildJvm.start(ChildPostgres.class, data);
        ProcessHandle postgres = ProcessHandle.of(pid(child)).orElseThrow();
        var family = postgres.descendants().toList();
        assertThat(family).as("background processes of PostgreSQL").isNotEmpty();
        child.kill();
        await().atMost(Duration.ofSeconds(30)).until(() -> !postgres.isAlive());
        await().atMost(Duration.ofSeconds(30)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void an_ordinary_user_can_run_it() throws Exception {
        assumeTrue(isRoot(), "only root can become another user");
        try (ChildJvm child = ChildJvm.startAsNobody(ChildPostgres.class, reachable.resolve("pg"), reachable)) {
            assertThat(uidOf(pid(child))).isEqualTo(65534);
            assertThat(Files.getAttribute(reachable.resolve("pg/data"), "unix:uid"))
                    .isEqualTo(65534);
            ProcessHandle postgres = ProcessHandle.of(pid(child)).orElseThrow();
            child.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> !postgres.isAlive());
        }
    }

    @Test
    void root_without_user_namespaces_runs_it_as_nobody() throws Exception {
        assumeTrue(isRoot(), "only root can become another user");
        try (PostgresServer server = PostgresServer.start(reachable.resolve("pg"), 0, LaunchPrefix.asNobody())) {
            assertThat(uidOf(server.pid())).isEqualTo(65534);
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        // And back: the same directory once user namespaces are there.
        try (PostgresServer server = PostgresServer.start(reachable.resolve("pg"))) {
            assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void a_directory_that_nobody_cannot_reach_is_refused_with_the_cure() throws Exception {
        assumeTrue(isRoot(), "only root can become another user");
        Path closed = Files.createDirectory(
                directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertThatThrownBy(() -> PostgresServer.start(closed.resolve("pg"), 0, LaunchPrefix.asNobody()))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("cannot reach")
                .hasMessageContaining("Name a data directory outside of root's home");
    }

    @Test
    void where_the_kernel_does_not_end_it_a_watchdog_does() throws Exception {
        ChildJvm child = ChildJvm.start(ChildPostgres.Watched.class, directoryWithBinaries());
        ProcessHandle postgres = ProcessHandle.of(pid(child)).orElseThrow();
        child.kill();
        await().atMost(Duration.ofSeconds(30)).until(() -> !postgres.isAlive());
    }

    private static long pid(ChildJvm child) {
        return Long.parseLong(child.fact(1));
    }

    private static int port(ChildJvm child) {
        return Integer.parseInt(child.fact(2));
    }

    /** Unpacking is most of a first start, and is tested by the others. */
    private Path directoryWithBinaries() throws IOException {
        Path target = directory.resolve("pg");
        Path source = sharedDirectory.resolve("pg");
        try (Stream<Path> all = Files.walk(source)) {
            for (Path path : all.toList()) {
                Path relative = source.relativize(path);
                if (relative.toString().isEmpty() || relative.toString().startsWith("binaries-")) {
                    Files.copy(path, target.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES, NOFOLLOW_LINKS);
                }
            }
        }
        return target;
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static int uidOf(long pid) throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/" + pid), "unix:uid");
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }

    private static String show(PostgresServer server, String setting) throws SQLException {
        return query(server, "SHOW " + setting);
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
