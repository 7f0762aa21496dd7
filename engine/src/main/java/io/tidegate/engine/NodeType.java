package io.tidegate.engine;

/** What a node does when it runs. */
public enum NodeType {
    /** Copies one window of a Kafka topic into one partition of a MaxCompute table. */
    BATCH_SYNC,
    /** Runs one or more MaxCompute SQL statements. */
    MAXCOMPUTE_SQL,
    /** Does nothing; ties other nodes together, as a workspace's root node does. */
    VIRTUAL
}
