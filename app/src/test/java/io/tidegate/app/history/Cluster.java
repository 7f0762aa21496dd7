package io.tidegate.app.history;

import io.tidegate.app.process.ChildProgram;
import io.tidegate.sandbox.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Servers and workers on one PostgreSQL, each behind a network of its own, and what can be done to them. */
final class Cluster implements AutoCloseable {
    static final int LEASE_SECONDS = 4;

    private final Path directory;
    private final String database;
    private final Map<String, String> settings;
    private final Optional<Path> wallClockLibrary;
    private final List<Member> members = new ArrayList<>();
    private PostgresServer postgres;

    /** A program and its surroundings. */
    static final class Member {
        final String name;
        final Steering steering;
        final CutProxy network;
        private final String role;
        private final Map<String, String> settings;
        private final List<String> prefix;
        private final WallClock wallClock;
        private final StringBuilder saidBefore = new StringBuilder();
        private @Nullable ChildProgram program;

        private Member(
                String name,
                String role,
                Map<String, String> settings,
                List<String> prefix,
                Steering steering,
                CutProxy network)
                throws IOException {
            this.name = name;
            this.role = role;
            this.settings = settings;
            this.prefix = prefix;
            this.steering = steering;
            this.wallClock = WallClock.in(steering.directory());
            this.network = network;
        }

        private ChildProgram program() {
            return Objects.requireNonNull(program);
        }

        String said() {
            return saidBefore + program().said();
        }
    }

    /**
     * @param settings of every member
     */
    Cluster(Path directory, String database, Map<String, String> settings) throws IOException, InterruptedException {
        this.directory = directory;
        this.database = database;
        this.settings = settings;
        this.wallClockLibrary = WallClock.library(directory);
        this.postgres = PostgresServer.start(directory.resolve("postgres"));
    }

    /** Made at the first call. */
    String databaseUrl() {
        return postgres.createDatabase(database);
    }

    PostgresServer postgres() {
        return postgres;
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /** Whether the wall clock of a program can be set here: it takes a C compiler. */
    boolean canSetWallClocks() {
        return wallClockLibrary.isPresent();
    }

    Member start(String role, String name, Map<String, String> more) throws IOException {
        return start(role, name, more, InetAddress.getLoopbackAddress(), List.of());
    }

    /** One that lives in a network of its own. */
    Member start(String role, String name, Map<String, String> more, Namespace in) throws IOException {
        return start(role, name, more, in.gateway(), in.prefix());
    }

    private Member start(String role, String name, Map<String, String> more, InetAddress reaches, List<String> prefix)
            throws IOException {
        CutProxy network = new CutProxy(reaches, postgres.port());
        Map<String, String> all = new HashMap<>(settings);
        all.put(
                "database.url",
                "jdbc:postgresql://" + reaches.getHostAddress() + ":" + network.port() + "/" + database);
        all.put("database.user", postgres.user());
        all.put("database.password", postgres.password());
        all.put("worker.name", name);
        all.put("worker.leaseSeconds", Integer.toString(LEASE_SECONDS));
        all.put("worker.drainSeconds", "2");
        all.put("server.port", "0");
        all.putAll(more);
        Steering steering = new Steering(directory.resolve(name));
        Files.writeString(steering.clock(), "0");
        Member member = new Member(name, role, all, prefix, steering, network);
        member.program = program(member);
        members.add(member);
        return member;
    }

    private ChildProgram program(Member member) throws IOException {
        return ChildProgram.start(
                FaultyProgram.class,
                List.of(member.role, member.steering.directory().toString()),
                member.settings,
                new ChildProgram.Surroundings(
                        directory,
                        member.prefix,
                        wallClockLibrary.map(member.wallClock::environment).orElse(Map.of())),
                FaultyProgram.READY);
    }

    void awaitReady() throws Exception {
        for (Member member : members) {
            member.program().ready();
        }
    }

    void kill9(Member member) throws InterruptedException {
        member.program().kill9();
        member.saidBefore.append(member.program().said());
    }

    void startAgain(Member member) throws IOException {
        if (!member.program().isAlive()) {
            member.program = program(member);
        }
    }

    void signal(Member member, String name) throws IOException, InterruptedException {
        if (member.program().isAlive()) {
            member.program().signal(name);
        }
    }

    /** What the program believes the database's clock to be. */
    void setClock(Member member, long aheadMillis) throws IOException {
        Files.writeString(member.steering.clock(), Long.toString(aheadMillis));
    }

    /** What the program's machine says; without a C compiler nothing happens. */
    void setWallClock(Member member, long aheadMillis) throws IOException {
        member.wallClock.set(aheadMillis);
    }

    void restartPostgres() {
        postgres.close();
        postgres = PostgresServer.start(directory.resolve("postgres"));
    }

    /** Everything is as it was in the beginning; what was killed comes again. */
    void heal() throws IOException, InterruptedException {
        for (Member member : members) {
            member.network.pass();
            setClock(member, 0);
            setWallClock(member, 0);
            signal(member, "CONT");
            startAgain(member);
        }
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.program().close();
            member.network.close();
        }
        postgres.close();
    }
}
