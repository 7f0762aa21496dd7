package io.tidegate.app.history;

import io.tidegate.app.process.ChildProgram;
import io.tidegate.sandbox.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers and workers on one PostgreSQL, each behind a network of its own, and what can be done to them. */
final class Cluster implements AutoCloseable {
    static final int LEASE_SECONDS = 4;

    private final Path directory;
    private final String database;
    private final Map<String, String> settings;
    private final List<Member> members = new ArrayList<>();
    private PostgresServer postgres;

    /** A program and its surroundings. */
    static final class Member {
        final String name;
        private final String role;
        private final Map<String, String> settings;
        private final Path clock;
        private final CutProxy network;
        private final StringBuilder saidBefore = new StringBuilder();
        private ChildProgram program;

        private Member(
                String name,
                String role,
                Map<String, String> settings,
                Path clock,
                CutProxy network,
                ChildProgram first) {
            this.name = name;
            this.role = role;
            this.settings = settings;
            this.clock = clock;
            this.network = network;
            this.program = first;
        }

        String said() {
            return saidBefore + program.said();
        }
    }

    /**
     * @param settings of every member
     */
    Cluster(Path directory, String database, Map<String, String> settings) {
        this.directory = directory;
        this.database = database;
        this.settings = settings;
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

    Member start(String role, String name, Map<String, String> more) throws IOException {
        CutProxy network = new CutProxy(postgres.port());
        Map<String, String> all = new HashMap<>(settings);
        all.put("database.url", databaseUrl().replace(":" + postgres.port() + "/", ":" + network.port() + "/"));
        all.put("database.user", postgres.user());
        all.put("database.password", postgres.password());
        all.put("worker.name", name);
        all.put("worker.leaseSeconds", Integer.toString(LEASE_SECONDS));
        all.put("worker.drainSeconds", "2");
        all.put("server.port", "0");
        all.putAll(more);
        Path clock = Files.writeString(directory.resolve(name + ".clock"), "0");
        Member member = new Member(name, role, all, clock, network, program(role, all, clock));
        members.add(member);
        return member;
    }

    private ChildProgram program(String role, Map<String, String> all, Path clock) throws IOException {
        return ChildProgram.start(
                FaultyProgram.class, List.of(role, clock.toString()), all, directory, FaultyProgram.READY);
    }

    void awaitReady() throws Exception {
        for (Member member : members) {
            member.program.ready();
        }
    }

    void kill9(Member member) throws InterruptedException {
        member.program.kill9();
        member.saidBefore.append(member.program.said());
    }

    void startAgain(Member member) throws IOException {
        if (!member.program.isAlive()) {
            member.program = program(member.role, member.settings, member.clock);
        }
    }

    void signal(Member member, String name) throws IOException, InterruptedException {
        if (member.program.isAlive()) {
            member.program.signal(name);
        }
    }

    void setClock(Member member, long offsetMillis) throws IOException {
        Files.writeString(member.clock, Long.toString(offsetMillis));
    }

    void stall(Member member) {
        member.network.stall();
    }

    void cut(Member member) {
        member.network.cut();
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
            signal(member, "CONT");
            startAgain(member);
        }
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.program.close();
            member.network.close();
        }
        postgres.close();
    }
}
