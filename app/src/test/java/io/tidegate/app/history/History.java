package io.tidegate.app.history;

import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.InstanceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to the instances of an installation, as its tables tell it once all is over.
 *
 * @param events by id, which is the order in which they were written
 * @param slots of each resource group
 * @param fires what had to be planned: every one must have become an instance
 * @param ordered pairs of which the second may not start before the first has been over once, besides {@code edges}
 */
record History(
        List<Event> events,
        List<Row> instances,
        List<Try> attempts,
        List<Edge> edges,
        List<Entry> audit,
        Map<String, Integer> slots,
        List<Fire> fires,
        List<Edge> ordered,
        List<Filling> backfills) {

    History {
        events = List.copyOf(events);
        instances = List.copyOf(instances);
        attempts = List.copyOf(attempts);
        edges = List.copyOf(edges);
        audit = List.copyOf(audit);
        slots = Map.copyOf(slots);
        fires = List.copyOf(fires);
        ordered = List.copyOf(ordered);
        backfills = List.copyOf(backfills);
    }

    /**
     * A line of an instance's history.
     *
     * @param byUser whether a user is the actor, and not a part of Tidegate
     */
    record Event(
            long id,
            long instance,
            Instant at,
            @Nullable InstanceState from,
            InstanceState to,
            String cause,
            boolean byUser,
            long epoch) {}

    /**
     * An instance as it stands in the end.
     *
     * @param parallelMax how many instances of its node may run at once; null for any number
     * @param held it is frozen, so it need not be over
     */
    record Row(
            long id,
            Fire fire,
            String origin,
            String originKey,
            String group,
            @Nullable Integer parallelMax,
            InstanceState state,
            boolean held) {}

    /** A node that is due at a time. */
    record Fire(String environment, long node, Instant time) {}

    record Try(long id, long instance, int number, int generation, long epoch, AttemptState state) {}

    record Edge(long parent, long child) {}

    /** An audit entry, as {@code instance.rerun} of {@code instance 7}. */
    record Entry(String action, String object) {}

    /**
     * A backfill as it stands in the end.
     *
     * @param planned how many instances its plan told
     * @param counted what its own counts add up to
     * @param over whether each of its dates is over
     * @param positions of its instances: which date they belong to, in the order in which dates begin, from 1
     * @param cancelledAt the last event before somebody was told that nothing more of it begins; null if nobody was
     */
    record Filling(
            long id,
            BackfillState state,
            int groups,
            int planned,
            int counted,
            boolean over,
            Map<Long, Integer> positions,
            @Nullable Long cancelledAt) {
        Filling {
            positions = Map.copyOf(positions);
        }
    }
}
