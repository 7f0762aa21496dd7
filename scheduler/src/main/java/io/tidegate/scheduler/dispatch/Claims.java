package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.instance.InstanceEvent;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.InstanceTransition;
import io.tidegate.scheduler.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes waiting instances for a worker: highest priority first, then the oldest, never more at once in the whole
 * installation than their resource group has slots, nor than their node allows.
 */
public final class Claims {
    /** Of advisory locks; the other half of the key is the node. */
    private static final int NODE_LIMITS = 0x7469_6465;

    private final Jdbi jdbi;
    private final String[] served;
    private final LeaseSettings lease;
    private final InstantSource clock;

    /**
     * @param resourceGroups names of those to claim from; empty for all
     */
    public Claims(Jdbi jdbi, Set<String> resourceGroups, LeaseSettings lease, InstantSource clock) {
        this.jdbi = jdbi;
        this.served = resourceGroups.toArray(String[]::new);
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * Claims at most {@code limit} instances; each has a running attempt afterwards, whose lease runs.
     *
     * @return in the order they should start
     */
    public List<ClaimedAttempt> claim(WorkerName worker, int limit) {
        List<ClaimedAttempt> claimed = new ArrayList<>();
        List<ResourceGroupId> groups =
                jdbi.withExtension(ClaimDao.class, dao -> dao.groupsWithWork(served, clock.instant()));
        for (ResourceGroupId group : groups) {
            if (claimed.size() < limit) {
                claimed.addAll(claimIn(group, worker, limit - claimed.size()));
            }
        }
        return claimed;
    }

    private List<ClaimedAttempt> claimIn(ResourceGroupId group, WorkerName worker, int limit) {
        return jdbi.inTransaction(handle -> {
            ClaimDao dao = handle.attach(ClaimDao.class);
            int free = dao.lockSlots(group).orElse(0) - dao.slotsInUse(group);
            if (free <= 0) {
                return List.of();
            }
            long[] limitedNodes = dao.lockLimitedNodes(group, NODE_LIMITS).stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            var event = new InstanceEvent.SlotTaken();
            InstanceState from = InstanceState.WAIT_RESOURCE;
            Instant now = clock.instant();
            return dao.claim(
                    group,
                    from.name(),
                    InstanceTransition.next(from, event).to().name(),
                    event.name(),
                    "worker " + worker,
                    worker.text(),
                    now,
                    now.plus(lease.length()),
                    limitedNodes,
                    Math.min(free, limit));
        });
    }
}
