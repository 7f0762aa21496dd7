package io.tidegate.scheduler.instance;

/**
 * Who moved an instance, and why, for its time line.
 *
 * @param actor a user's name, or the part of Tidegate that acted, as {@code duty open-due-instances}
 * @param detail one sentence; empty when the event says it all
 */
public record Cause(String actor, String detail) {
    public static Cause of(String actor) {
        return new Cause(actor, "");
    }
}
