package io.tidegate.scheduler.instance;

/** What statements that read an {@link Instance} select and join. Names are looked up for the rows that are read only. */
public final class InstanceColumns {
    /** The columns of an instance {@code i} with the names that people know it by; joined by {@link #NAMES}. */
    public static final String NAMED = """
            i.*, i.attempts AS attempt_count, w.name AS workspace, n.name AS node_name, n.type AS node_type,
            f.name AS workflow, v.version AS node_version, g.name AS resource_group
            """;

    public static final String NAMES = """
            JOIN workspace w ON w.id = i.workspace_id
            JOIN node n ON n.id = i.node_id
            JOIN node_version v ON v.id = i.node_version_id
            JOIN resource_group g ON g.id = i.resource_group_id
            LEFT JOIN workflow f ON f.id = n.workflow_id
            """;

    private InstanceColumns() {}
}
