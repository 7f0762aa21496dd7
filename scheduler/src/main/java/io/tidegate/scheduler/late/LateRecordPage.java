package io.tidegate.scheduler.late;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the ledger.
 *
 * @param next what to pass for the page after it; null when this is the last
 */
public record LateRecordPage(
        List<LateRecord> items, @Nullable String next) {
    public LateRecordPage {
        items = List.copyOf(items);
    }
}
