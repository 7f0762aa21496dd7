package io.tidegate.scheduler.node;

/** Which instance of the parent is waited for. */
public enum DependencyKind {
    /** The parent's instance of the same cycle. */
    SAME_CYCLE,
    /** The node's own instance of the previous cycle. */
    PREVIOUS_CYCLE_SELF,
    /** The previous cycle's instances of the node's direct children. */
    PREVIOUS_CYCLE_CHILDREN,
    /** The previous cycle's instances of the named nodes. */
    PREVIOUS_CYCLE_NODES
}
