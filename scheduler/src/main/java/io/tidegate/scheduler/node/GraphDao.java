package io.tidegate.scheduler.node;

import io.tidegate.scheduler.workspace.Environment;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Asks the live graph of one environment. */
@RegisterConstructorMapper(GraphDao.Output.class)
@RegisterConstructorMapper(GraphDao.Edge.class)
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
