package io.tidegate.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.scheduler.datasource.SecretKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Servers in which no run ends before it is allowed to, and two nodes: the runs of one succeed, those of the other fail. */
final class HeldRuns implements AutoCloseable {
    /** Of whatever a test waits for: with everything at its slowest. */
    static final Duration SOON = Duration.ofSeconds(90);

    final Cluster cluster;
    final Plant plant;
    private final Path directory;

    HeldRuns(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        Path keyFile = directory.resolve("secret.key");
        SecretKey key = SecretKey.loadOrCreate(keyFile);
        cluster = new Cluster(
                directory,
                "held_runs",
                Map.of(
                        "secretKey.file", keyFile.toString(),
                        "admin.password", "held-runs-password",
                        "worker.threads", "3"));
        plant = new Plant(cluster.postgres(), cluster.databaseUrl(), key, Duration.ofMinutes(1), Duration.ZERO);
        deploy("succeeds", Plant.GROUP, WaitingRunner.SUCCEEDS);
        deploy("fails", Plant.OTHER_GROUP, WaitingRunner.FAILS);
    }

    private void deploy(String name, String group, String code) {
        plant.deploy(
                name,
                group,
                plant.everyMinute(code).withMaxParallel(1),
                plant.workspace().rootOutput());
    }

    /** A first server, which takes a run of each node, and then a second one that has nothing to do. */
    List<Cluster.Member> startTwo() throws Exception {
        Cluster.Member first = start("s1");
        awaitBothRunIn(first);
        Cluster.Member second = start("s2");
        cluster.awaitReady();
        return List.of(first, second);
    }

    private Cluster.Member start(String name) throws IOException {
        new Steering(directory.resolve(name)).hold();
        return cluster.start("server", name, Map.of());
    }

    void awaitBothRunIn(Cluster.Member server) {
        await("both runs in " + server.name).atMost(SOON).until(() -> running(server) == 2);
    }

    long running(Cluster.Member server) {
        return plant.number("SELECT count(*) FROM attempt WHERE state = 'RUNNING' AND worker = '" + server.name + "'");
    }

    /** Everything comes to its end, and nothing was as it must not be; at least two attempts were taken over. */
    void check() {
        Instant until = Instant.now();
        await("everything is over").atMost(SOON).until(() -> plant.open(until) == 0);
        History history = new HistoryReader(plant.jdbi).read(until, plant.fires(), Map.of());
        assertThat(history.attempts())
                .filteredOn(attempt -> attempt.state().name().equals("LOST"))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(new HistoryChecker(SOON.multipliedBy(3), 40).check(history)).isEmpty();
    }

    @Override
    public void close() throws IOException {
        plant.close();
        cluster.close();
    }
}
