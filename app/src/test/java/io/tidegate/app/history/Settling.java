package io.tidegate.app.history;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a run: users let go of what they hold, and everything that was due must come to its end. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final Duration MOST = Duration.ofMinutes(5);

    private Settling() {}

    /**
     * @return when it began: what is due later need not be over
     */
    static Instant of(Cluster cluster, Plant plant, BackfillMeddler backfills) {
        Instant until = Instant.now();
        try {
            await().atMost(MOST).pollInterval(Duration.ofSeconds(1)).until(() -> {
                plant.cleanUp();
                backfills.cleanUp();
                return plant.open(until) == 0 && backfills.open() == 0;
            });
        } catch (ConditionTimeoutException e) {
            cluster.members().forEach(member -> LOG.error("{} said:\n{}", member.name, member.said()));
            throw new AssertionError("still open: " + plant.situation(), e);
        }
        return until;
    }
}
