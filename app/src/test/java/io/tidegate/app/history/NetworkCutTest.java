package io.tidegate.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidegate.scheduler.datasource.SecretKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers, one of them behind a network of the kernel's own making that loses packets. */
@Tag("nightly")
class NetworkCutTest {
    private static final Duration LASTS = Duration.ofMinutes(2);
    private static final long LONGER_THAN_A_LEASE_MILLIS = 1_500L * Cluster.LEASE_SECONDS;

    @TempDir
    Path directory;

    private interface Cut {
        void make() throws Exception;
    }

    @Test
    void a_server_whose_packets_are_lost_does_no_harm_and_comes_back_where_network_namespaces_can_be_made()
            throws Exception {
        Optional<String> refusal = Namespace.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        Path keyFile = directory.resolve("secret.key");
        SecretKey key = SecretKey.loadOrCreate(keyFile);
        Map<String, String> settings = Map.of(
                "secretKey.file", keyFile.toString(), "admin.password", "network-password", "worker.threads", "3");
        try (Namespace namespace = Namespace.lay(1);
                Cluster cluster = new Cluster(directory, "network", settings);
                Plant plant =
                        new Plant(cluster.postgres(), cluster.databaseUrl(), key, Duration.ofMinutes(30), LASTS)) {
            plant.deploySix();
            BackfillMeddler backfills = new BackfillMeddler(plant);
            cluster.start("server", "s1", Map.of(), namespace);
            cluster.start("server", "s2", Map.of());
            cluster.awaitReady();
            Random random = new Random(4);
            for (Cut cut :
                    new Cut[] {namespace::pullCable, namespace::loseRequests, namespace::loseAnswers, namespace::reset
                    }) {
                backfills.meddle(random);
                Nemesis.pause(3_000);
                cut.make();
                plant.meddle(random);
                Nemesis.pause(LONGER_THAN_A_LEASE_MILLIS);
                namespace.pass();
            }
            Instant until = Settling.of(cluster, plant, backfills);

            History history = new HistoryReader(plant.jdbi).read(until, plant.fires(), backfills.told());
            assertThat(new HistoryChecker(Duration.ofMinutes(3), 40).check(history))
                    .isEmpty();
            assertThat(plant.number("SELECT count(*) FROM attempt WHERE worker = 's1'"))
                    .as("attempts of the server that was cut off")
                    .isPositive();
        }
    }
}
