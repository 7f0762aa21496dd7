package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Turns instances that were due while nothing ran into dry runs, and says so on their time lines. */
public final class MissedInstances {
    private final InstantSource clock;

    public MissedInstances(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param missed by scheduled time
     * @return how many cycle instances of the node in PROD, due in {@code (since, until]} and not begun, were let pass
     */
    public int letPass(
            Handle handle, NodeId node, Instant since, Instant until, Predicate<Instant> missed, String actor) {
        MissedDao dao = handle.attach(MissedDao.class);
        List<MissedDao.NotBegun> passed = dao.lockNotBegun(node, since, until).stream()
                .filter(instance -> missed.test(instance.scheduledTime()))
                .toList();
        if (!passed.isEmpty()) {
            dao.letPass(
                    passed.stream().mapToLong(instance -> instance.id().value()).toArray(),
                    clock.instant(),
                    actor,
                    NewInstances.sentence(DryRunReason.MISSED));
        }
        return passed.size();
    }
}
