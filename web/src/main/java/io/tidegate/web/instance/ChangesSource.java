package io.tidegate.web.instance;

import io.tidegate.scheduler.instance.InstanceChanges;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.web.live.LiveSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells which instances of a workspace have changed.
 *
 * <p>Events get their number before their transaction ends, so that one with a smaller number may become visible after one with
 * a larger. Behind the newest event it therefore looks back over some seconds, for instances that were not told of yet.
 */
final class ChangesSource implements LiveSource {
    private static final long LOOK_BACK_NANOS = Duration.ofSeconds(5).toNanos();

    private final Instances instances;
    private final WorkspaceId workspace;
    /** Newest event numbers as they were seen, oldest first; the first is where the look-back begins. */
    private final ArrayDeque<Seen> seen = new ArrayDeque<>();

    private final Map<InstanceId, Long> toldAtNanos = new HashMap<>();

    private record Seen(long event, long nanos) {}

    record InstancesChanged(List<InstanceId> ids) {}

    ChangesSource(Instances instances, WorkspaceId workspace) {
        this.instances = instances;
        this.workspace = workspace;
    }

    @Override
    public void poll(Events out) {
        long now = System.nanoTime();
        if (seen.isEmpty()) {
            // Whoever opens the line has just read the list.
            seen.add(new Seen(instances.newestChange(), now));
            return;
        }
        long before = seen.getLast().event();
        InstanceChanges changes = instances.changedAfter(workspace, before);
        Set<InstanceId> news = new TreeSet<>(Comparator.comparingLong(InstanceId::value));
        news.addAll(changes.ids());
        if (changes.upTo() > before) {
            seen.addLast(new Seen(changes.upTo(), now));
        }
        toldAtNanos.values().removeIf(told -> now - told > LOOK_BACK_NANOS);
        long from = lookBackFrom(now);
        if (from < changes.upTo()) {
            instances.changedAfter(workspace, from).ids().stream()
                    .filter(id -> !toldAtNanos.containsKey(id))
                    .forEach(news::add);
        }
        if (!news.isEmpty()) {
            news.forEach(id -> toldAtNanos.put(id, now));
            out.send("changed", new InstancesChanged(List.copyOf(news)));
        }
    }

    private long lookBackFrom(long now) {
        while (seen.size() > 1 && now - seen.getFirst().nanos() > LOOK_BACK_NANOS) {
            seen.removeFirst();
        }
        return seen.getFirst().event();
    }
}
