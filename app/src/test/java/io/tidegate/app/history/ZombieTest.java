package io.tidegate.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that stands still at the worst moment: when what it says of the end of an attempt is on its way. Random blows seldom
 * find that moment; here the network holds just that statement.
 */
class ZombieTest {
    /** The statements by which attempts end: the first one of many successes together, the second one of each alone. */
    private static final List<String> ENDINGS =
            List.of("SET state = 'SUCCEEDED'", "i.auto_reruns_left, i.lost_attempts");
    /** The statement by which instances move, in a transaction that has locked them. */
    private static final List<String> MOVE = List.of("state_version = i.state_version + 1");

    private static final Pattern DROPPED = Pattern.compile("is over already; its outcome was dropped");

    @TempDir
    Path directory;

    @Test
    void what_a_zombie_says_of_its_attempt_is_dropped_while_the_next_attempt_runs() throws Exception {
        try (HeldRuns runs = new HeldRuns(directory)) {
            List<Cluster.Member> servers = runs.startTwo();
            Cluster.Member zombie = servers.get(0);
            Cluster.Member successor = servers.get(1);
            zombie.network.holdAt(ENDINGS);
            zombie.steering.letEnd();
            awaitHeld(zombie, "both ends on their way");
            runs.cluster.signal(zombie, "STOP");
            runs.awaitBothRunIn(successor);

            zombie.network.pass();
            runs.cluster.signal(zombie, "CONT");
            await("the zombie was told twice")
                    .atMost(HeldRuns.SOON)
                    .until(() -> DROPPED.matcher(zombie.said()).results().count() == 2);
            assertThat(runs.running(successor)).as("attempts that nobody ended").isEqualTo(2);

            successor.steering.letEnd();
            runs.check();
        }
    }

    @Test
    @Tag("nightly")
    void one_that_stands_still_in_the_middle_of_a_transaction_does_not_keep_its_locks_from_the_others()
            throws Exception {
        try (HeldRuns runs = new HeldRuns(directory)) {
            List<Cluster.Member> servers = runs.startTwo();
            Cluster.Member frozen = servers.get(0);
            frozen.network.holdAt(MOVE);
            frozen.steering.letEnd();
            awaitHeld(frozen, "both attempts ended, and their instances locked");
            runs.cluster.signal(frozen, "STOP");
            servers.get(1).steering.letEnd();
            await("the successor did both, although the other one never woke")
                    .atMost(HeldRuns.SOON)
                    .until(() -> runs.plant.open(Instant.now()) == 0);

            frozen.network.pass();
            runs.cluster.signal(frozen, "CONT");
            runs.check();
        }
    }

    private static void awaitHeld(Cluster.Member server, String what) {
        await(what).atMost(HeldRuns.SOON).until(() -> server.network.held() >= 2);
    }
}
