package io.tidegate.scheduler.node;

import io.tidegate.scheduler.workspace.Environment;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Asks the live graph of one environment. */
@RegisterConstructorMapper(GraphDao.Output.class)
@RegisterConstructorMapper(GraphDao.Edge.class)
@RegisterConstructorMapper(GraphDao.Dependent.class)
interface GraphDao {
    /** Whose output it is. */
    record Output(String output, NodeId nodeId, String nodeName) {}

    /** A child waits for its parent. */
    record Edge(NodeId childId, String childName, NodeId parentId, String parentName) {}

    @SqlQuery("""
            SELECT o.output, o.node_id, n.name AS node_name
            FROM node_output o JOIN node n ON n.id = o.node_id
            WHERE o.environment = :environment AND o.output = ANY (:outputs)
            """)
    List<Output> owners(Environment environment, Collection<String> outputs);

    /** A live node, and an output by which it depends on another. */
    record Dependent(String nodeName, String output) {}

    @SqlQuery("""
            SELECT DISTINCT n.name AS node_name, wanted ->> 'output' AS output
            FROM node_output o
            JOIN deployed_dependency dd ON dd.environment = o.environment AND dd.parent_node_id = o.node_id
            JOIN deployed_node d ON d.environment = dd.environment AND d.node_id = dd.child_node_id
            JOIN node_version v ON v.id = d.node_version_id
            JOIN node n ON n.id = d.node_id
            CROSS JOIN LATERAL jsonb_array_elements(v.document -> 'dependencies') AS wanted
            WHERE o.environment = :environment AND o.node_id = :node AND wanted ->> 'output' = o.output
            ORDER BY n.name, output
            """)
    List<Dependent> dependents(Environment environment, NodeId node);

    @SqlQuery("""
            WITH RECURSIVE upstream (node_id) AS (
                SELECT unnest(:nodes)
                UNION
                SELECT d.parent_node_id
                FROM deployed_dependency d JOIN upstream u ON u.node_id = d.child_node_id
                WHERE d.environment = :environment AND d.kind = 'SAME_CYCLE'
            )
            SELECT d.child_node_id AS child_id, c.name AS child_name, d.parent_node_id AS parent_id, p.name AS parent_name
            FROM deployed_dependency d
            JOIN upstream u ON u.node_id = d.child_node_id
            JOIN node c ON c.id = d.child_node_id
            JOIN node p ON p.id = d.parent_node_id
            WHERE d.environment = :environment AND d.kind = 'SAME_CYCLE'
            """)
    List<Edge> edgesUpstreamOf(Environment environment, Collection<Long> nodes);
}
