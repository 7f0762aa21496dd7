package io.tidegate.scheduler.node;

/**
 * Whether and how an instance runs again.
 *
 * @param autoRerun whether a failed attempt is followed by another one by itself
 * @param count how many times at most, 0 to 10; there are at most 1 + count attempts
 * @param intervalMinutes how long to wait before each, 1 to 30 minutes
 */
public record RerunPolicy(
        @Required RerunProperty property,
        @Required boolean autoRerun,
        @Required int count,
        @Required int intervalMinutes) {
    /** Three more times, two minutes apart. */
    public static final RerunPolicy DEFAULT = new RerunPolicy(RerunProperty.ALLOWED, true, 3, 2);
}
