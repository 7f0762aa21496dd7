package io.tidegate.scheduler.node;

/** A parent, named by one of its outputs. */
public record DependencyRef(
        @Required String output, @Required DependencyKind kind) {
    public static DependencyRef sameCycle(String output) {
        return new DependencyRef(output, DependencyKind.SAME_CYCLE);
    }
}
