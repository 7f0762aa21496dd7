package io.tidegate.scheduler.backfill;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Backfills, newest first.
 *
 * @param next where the next page starts; null at the end
 */
public record BackfillPage(List<Backfill> items, @Nullable String next) {
    public BackfillPage {
        items = List.copyOf(items);
    }
}
