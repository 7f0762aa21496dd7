package io.tidegate.scheduler.node;

/** Which instances of another node are waited for. */
public enum DependencyKind {
    /** Those of the same cycle. */
    SAME_CYCLE,
    /** The node's own instance of the previous cycle. */
    PREVIOUS_CYCLE_SELF,
    /** The previous cycle's instances of the node's direct children, whoever they are at the time. */
    PREVIOUS_CYCLE_CHILDREN,
    /** The previous cycle's instances of the named node. */
    PREVIOUS_CYCLE_NODES;

    /** Whether its dependencies name a parent by an output. */
    public boolean namesParent() {
        return this == SAME_CYCLE || this == PREVIOUS_CYCLE_NODES;
    }
}
