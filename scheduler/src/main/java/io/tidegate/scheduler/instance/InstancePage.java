package io.tidegate.scheduler.instance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances, newest scheduled time first.
 *
 * @param next where the next page starts, opaque; null at the end
 */
public record InstancePage(List<Instance> items, @Nullable String next) {
    public InstancePage {
        items = List.copyOf(items);
    }
}
