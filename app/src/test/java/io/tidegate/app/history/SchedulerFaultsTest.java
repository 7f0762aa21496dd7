package io.tidegate.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.datasource.SecretKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two or three servers and a worker on one PostgreSQL, to which by a seed happens what happens to programs; in the end the history is
 * checked. {@code -Dscheduler.faults.seed=…} repeats a seed as far as the machine's timing allows.
 */
class SchedulerFaultsTest {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerFaultsTest.class);
    private static final String ADMIN_PASSWORD = "canary-41be-password";
    private static final long FIRST_SEED = Long.getLong("scheduler.faults.seed", 20221122);

    private static final Duration BACKLOG = Duration.ofMinutes(30);
    private static final Duration RUNNING_MAX = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void nothing_is_lost_doubled_or_out_of_order_whatever_happens_to_the_programs() throws Exception {
        run(FIRST_SEED, 3, Duration.ofSeconds(45));
    }

    @Test
    @Tag("nightly")
    void nor_in_longer_runs_with_many_seeds() throws Exception {
        int seeds = Integer.getInteger("scheduler.faults.count", 6);
        for (int i = 1; i <= seeds; i++) {
            run(FIRST_SEED + i, 2 + i % 2, Duration.ofMinutes(4));
        }
    }

    private void run(long seed, int servers, Duration lasts) throws Exception {
        LOG.info("Scheduler faults with seed {}", seed);
        Path home = directory.resolve("seed" + seed);
        Files.createDirectories(home);
        Path keyFile = home.resolve("secret.key");
        SecretKey key = SecretKey.loadOrCreate(keyFile);
        List<String> story = new ArrayList<>();
        try (Cluster cluster = new Cluster(
                        home,
                        "faults",
                        Map.of(
                                "secretKey.file",
                                keyFile.toString(),
                                "admin.password",
                                ADMIN_PASSWORD,
                                "worker.threads",
                                "3"));
                Plant plant = new Plant(cluster.postgres(), cluster.databaseUrl(), key, BACKLOG, lasts)) {
            plant.deploySix();
            BackfillMeddler backfills = new BackfillMeddler(plant);
            DatabaseTime databaseTime = new DatabaseTime(plant.jdbi);
            for (int i = 1; i <= servers; i++) {
                cluster.start("server", "s" + i, Map.of());
            }
            cluster.start("worker", "w1", Map.of("worker.resourceGroups", Plant.OTHER_GROUP));
            cluster.awaitReady();
            Nemesis nemesis = new Nemesis(cluster, databaseTime, new Random(seed), story);
            AtomicBoolean over = new AtomicBoolean();
            Thread meddler = meddler(plant, backfills, new Random(seed + 1), over);
            long end = System.nanoTime() + lasts.toNanos();
            while (System.nanoTime() - end < 0) {
                nemesis.strike();
            }
            over.set(true);
            meddler.join();
            nemesis.heal();
            cluster.awaitReady();
            Instant until = Settling.of(cluster, plant, backfills);

            HistoryReader reader = new HistoryReader(plant.jdbi);
            History history = reader.read(until, plant.fires(), backfills.told());
            Duration runningMax = nemesis.movedDatabaseClock() ? RUNNING_MAX.plusHours(1) : RUNNING_MAX;
            List<Violation> violations = new ArrayList<>(new HistoryChecker(runningMax, 40).check(history));
            violations.addAll(SecretSearch.find(secrets(), places(cluster, reader)));
            LOG.info(
                    "Seed {}: {} instances, {} attempts of which {} lost, {} events, {} backfills; {}",
                    seed,
                    history.instances().size(),
                    history.attempts().size(),
                    history.attempts().stream()
                            .filter(a -> a.state().name().equals("LOST"))
                            .count(),
                    history.events().size(),
                    backfills.made(),
                    story);
            assertThat(violations).as("seed %d, story %s", seed, story).isEmpty();
            assertThat(history.attempts()).hasSizeGreaterThan(40);
            assertThat(backfills.made()).isPositive();
            assertThat(nemesis.kinds()).as("a run without blows proves nothing").isGreaterThan(3);
        }
    }

    private static Thread meddler(Plant plant, BackfillMeddler backfills, Random random, AtomicBoolean over) {
        Thread thread = new Thread(
                () -> {
                    while (!over.get()) {
                        plant.meddle(random);
                        backfills.meddle(random);
                        Nemesis.pause(300 + random.nextInt(700));
                    }
                },
                "meddler");
        thread.start();
        return thread;
    }

    private static List<String> secrets() {
        List<String> all = new ArrayList<>();
        for (String secret : List.of(Plant.CANARY, ADMIN_PASSWORD)) {
            all.add(secret);
            all.add(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
        }
        return all;
    }

    private static Map<String, String> places(Cluster cluster, HistoryReader reader) {
        Map<String, String> places = new TreeMap<>(reader.tables());
        cluster.members().forEach(member -> places.put("log of " + member.name, member.said()));
        return places;
    }
}
