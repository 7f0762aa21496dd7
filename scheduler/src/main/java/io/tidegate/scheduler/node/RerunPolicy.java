package io.tidegate.scheduler.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how an instance runs again.
 *
 * @param autoRerun whether a failed attempt is followed by another one by itself
 * @param count how many times at most, 0 to 10; there are at most 1 + count attempts
 * @param intervalMinutes how long to wait before each, 1 to 30 minutes
 * @param afterTimeout whether an attempt that ran longer than its node allows is followed by another one as well; null is no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RerunPolicy(
        @Required RerunProperty property,
        @Required boolean autoRerun,
        @Required int count,
        @Required int intervalMinutes,
        @Nullable Boolean afterTimeout) {
    /** Three more times, two minutes apart. */
    public static final RerunPolicy DEFAULT = new RerunPolicy(RerunProperty.ALLOWED, true, 3, 2);

    /** Without a rerun after a timeout. */
    public RerunPolicy(RerunProperty property, boolean autoRerun, int count, int intervalMinutes) {
        this(property, autoRerun, count, intervalMinutes, null);
    }

    /** The same, with a rerun after a timeout as well. */
    public RerunPolicy alsoAfterTimeout() {
        return new RerunPolicy(property, autoRerun, count, intervalMinutes, true);
    }
}
