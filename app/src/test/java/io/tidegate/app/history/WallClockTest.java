package io.tidegate.app.history;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Machines whose clock is an hour off, for as long as duties need to fire by it, and is then set right. Leases do not go by it;
 * Quartz does.
 */
@Tag("nightly")
class WallClockTest {
    private static final long HOUR_MILLIS = 3_600_000;
    /** The slowest duty fires every ten seconds, and lost attempts are looked for every five. */
    private static final long DUTIES_FIRE_MILLIS = 15_000;

    @TempDir
    Path directory;

    @Test
    void what_a_killed_server_ran_is_taken_over_soon_after_all_clocks_were_ahead_and_set_back() throws Exception {
        takenOverAfter(HOUR_MILLIS);
    }

    @Test
    void and_after_all_clocks_were_behind_and_set_forward() throws Exception {
        takenOverAfter(-HOUR_MILLIS);
    }

    private void takenOverAfter(long aheadMillis) throws Exception {
        try (HeldRuns runs = new HeldRuns(directory)) {
            assumeTrue(
                    runs.cluster.canSetWallClocks(), "there is no C compiler here to set the clock of a program with");
            List<Cluster.Member> servers = runs.startTwo();
            set(runs.cluster, servers, aheadMillis);
            Nemesis.pause(DUTIES_FIRE_MILLIS);
            set(runs.cluster, servers, 0);
            runs.cluster.kill9(servers.get(0));
            runs.awaitBothRunIn(servers.get(1));
            servers.get(1).steering.letEnd();
            runs.check();
        }
    }

    private static void set(Cluster cluster, List<Cluster.Member> servers, long aheadMillis) throws Exception {
        for (Cluster.Member server : servers) {
            cluster.setWallClock(server, aheadMillis);
        }
    }
}
