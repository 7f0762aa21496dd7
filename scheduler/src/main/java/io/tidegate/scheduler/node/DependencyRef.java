package io.tidegate.scheduler.node;

/**
 * What a node waits for.
 *
 * @param output an output of the node that is waited for; empty, or an output of the node itself, for the kinds that name no
 *     other node: {@link DependencyKind#PREVIOUS_CYCLE_SELF} and {@link DependencyKind#PREVIOUS_CYCLE_CHILDREN}
 */
public record DependencyRef(
        @Required String output, @Required DependencyKind kind) {
    public static DependencyRef sameCycle(String output) {
        return new DependencyRef(output, DependencyKind.SAME_CYCLE);
    }

    /** The previous cycle of the node with this output. */
    public static DependencyRef previousCycle(String output) {
        return new DependencyRef(output, DependencyKind.PREVIOUS_CYCLE_NODES);
    }

    /** The node's own previous cycle. */
    public static DependencyRef self() {
        return new DependencyRef("", DependencyKind.PREVIOUS_CYCLE_SELF);
    }

    /** The previous cycle of the nodes that depend on this one in the same cycle. */
    public static DependencyRef children() {
        return new DependencyRef("", DependencyKind.PREVIOUS_CYCLE_CHILDREN);
    }
}
