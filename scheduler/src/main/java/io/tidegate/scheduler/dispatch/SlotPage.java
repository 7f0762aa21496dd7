package io.tidegate.scheduler.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of those that have a slot of a resource group, or wait for one.
 *
 * @param next where the next page starts, opaque; null at the end
 */
public record SlotPage<T>(List<T> items, @Nullable String next) {
    public SlotPage {
        items = List.copyOf(items);
    }
}
