package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.backfill.Backfill.BackfilledNode;
import io.tidegate.scheduler.node.PreviewedRun;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request would make, a page of it.
 *
 * @param total how many instances in all
 * @param dates how many business dates
 * @param groups how many of them would run at the same time
 * @param descending whether the newest date would go first
 * @param items in the order in which they may start
 * @param next where the next page starts; null at the end
 */
public record PlanPage(
        int total,
        int dates,
        int groups,
        boolean descending,
        List<BackfilledNode> nodes,
        List<Finding> findings,
        List<Item> items,
        @Nullable String next) {
    public PlanPage {
        nodes = List.copyOf(nodes);
        findings = List.copyOf(findings);
        items = List.copyOf(items);
    }

    /**
     * One instance to come.
     *
     * @param position the turn of its business date, from 1
     * @param excluded whether it only holds the order of the others
     * @param waitsUntil its scheduled time, if that is still to come and is waited for; otherwise null
     * @param run its parameters, window and partition
     */
    public record Item(
            BackfilledNode node,
            LocalDate businessDate,
            int position,
            boolean excluded,
            @Nullable Instant waitsUntil,
            PreviewedRun run) {}
}
