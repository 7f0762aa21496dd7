package io.tidegate.scheduler.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of alerts.
 *
 * @param next what to pass for the page after it; null when this is the last
 */
public record AlertPage(List<Alert> items, @Nullable String next) {
    public AlertPage {
        items = List.copyOf(items);
    }
}
