package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** How full resource groups are, who has their slots and who waits for them. */
public final class SlotQueues {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public SlotQueues(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** For each of the groups. */
    public Map<ResourceGroupId, SlotUse> use(Collection<ResourceGroupId> groups) {
        long[] ids = groups.stream().mapToLong(ResourceGroupId::value).toArray();
        return jdbi.withExtension(SlotQueueDao.class, dao -> dao.use(ids, clock.instant())).stream()
                .collect(Collectors.toMap(SlotUse::group, Function.identity()));
    }

    /**
     * Those that wait for a slot, in the order in which they are claimed: highest priority first, then the oldest. One whose
     * node already runs as many as it may is passed over by claims and keeps its place.
     *
     * @param cursor the {@code next} of the page before; null for the first
     * @throws InvalidInputException when the cursor is none
     */
    public SlotPage<QueuedInstance> waiting(ResourceGroupId group, @Nullable String cursor, int limit) {
        SlotCursor after = cursor == null ? SlotCursor.FIRST : SlotCursor.parse(cursor);
        return jdbi.inTransaction(handle -> {
            SlotQueueDao dao = handle.attach(SlotQueueDao.class);
            int before = cursor == null ? 0 : dao.waitingUpTo(group, after.priority(), after.time(), after.id());
            List<Instance> found = dao.waitingAfter(group, after.priority(), after.time(), after.id(), limit + 1);
            List<QueuedInstance> items = new ArrayList<>();
            for (Instance instance : found.subList(0, Math.min(limit, found.size()))) {
                items.add(new QueuedInstance(before + items.size() + 1, instance));
            }
            if (found.size() <= limit) {
                return new SlotPage<>(items, null);
            }
            Instance last = found.get(limit - 1);
            return new SlotPage<>(
                    items,
                    new SlotCursor(
                                    last.priority(),
                                    last.scheduledTime(),
                                    last.id().value())
                            .text());
        });
    }

    /**
     * Those that have a slot, by id.
     *
     * @param cursor the {@code next} of the page before; null for the first
     * @throws InvalidInputException when the cursor is none
     */
    public SlotPage<SlotHolder> running(ResourceGroupId group, @Nullable String cursor, int limit) {
        long after = cursor == null ? 0 : SlotCursor.parse(cursor).id();
        return jdbi.inTransaction(handle -> {
            SlotQueueDao dao = handle.attach(SlotQueueDao.class);
            List<Instance> found = dao.runningAfter(group, after, limit + 1);
            List<Instance> shown = found.subList(0, Math.min(limit, found.size()));
            Map<InstanceId, SlotQueueDao.Lease> leases =
                    dao.leases(shown.stream().mapToLong(i -> i.id().value()).toArray()).stream()
                            .collect(Collectors.toMap(SlotQueueDao.Lease::instanceId, Function.identity()));
            List<SlotHolder> items = new ArrayList<>();
            for (Instance instance : shown) {
                SlotQueueDao.Lease lease = leases.get(instance.id());
                // It may have ended between the two reads.
                if (lease != null) {
                    items.add(new SlotHolder(instance, lease.worker(), lease.startedAt(), lease.leaseUntil()));
                }
            }
            String next = found.size() <= limit
                    ? null
                    : new SlotCursor(0, Instant.EPOCH, found.get(limit - 1).id().value()).text();
            return new SlotPage<>(items, next);
        });
    }
}
