package io.tidegate.web.backfill;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.backfill.PlanPage;
import io.tidegate.web.node.PreviewedTimeView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request would make, a page of it. */
record PlanView(
        int total,
        int dates,
        int groups,
        NewBackfill.Order order,
        List<Backfill.BackfilledNode> nodes,
        List<Finding> findings,
        List<Item> items,
        @Nullable String next) {

    /** One instance to come. */
    record Item(
            Backfill.BackfilledNode node,
            LocalDate businessDate,
            int position,
            boolean excluded,
            @Nullable Instant waitsUntil,
            PreviewedTimeView run) {}

    static PlanView of(PlanPage plan) {
        return new PlanView(
                plan.total(),
                plan.dates(),
                plan.groups(),
                plan.descending() ? NewBackfill.Order.DESCENDING : NewBackfill.Order.ASCENDING,
                plan.nodes(),
                plan.findings(),
                plan.items().stream()
                        .map(item -> new Item(
                                item.node(),
                                item.businessDate(),
                                item.position(),
                                item.excluded(),
                                item.waitsUntil(),
                                PreviewedTimeView.of(item.run(), Map.of())))
                        .toList(),
                plan.next());
    }
}
