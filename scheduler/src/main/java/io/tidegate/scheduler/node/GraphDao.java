package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.NodeCycle;
import io.tidegate.scheduler.workspace.Environment;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Asks the live graph of one environment. */
@RegisterConstructorMapper(GraphDao.Output.class)
@RegisterConstructorMapper(GraphDao.Edge.class)
@RegisterConstructorMapper(GraphDao.Dependent.class)
@RegisterConstructorMapper(GraphDao.Live.class)
interface GraphDao {
    /** Whose output it is. */
    record Output(String output, NodeId nodeId, String nodeName) {}

    /**
     * A child waits for its parent.
     *
     * @param previous whether for its previous cycle
     */
    record Edge(NodeId childId, String childName, NodeId parentId, String parentName, boolean previous) {
        /** The same edge as seen from the other end. */
        Edge turned() {
            return new Edge(
                    /* childId= */ parentId,
                    /* childName= */ parentName,
                    /* parentId= */ childId,
                    /* parentName= */ childName,
                    previous);
        }
    }

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

    /** All that some nodes wait for, directly or through others, in whatever cycle; children of a node as far as they are live. */
    @SqlQuery("""
            WITH RECURSIVE upstream (node_id) AS (
                SELECT unnest(:nodes)
                UNION
                SELECT d.parent_node_id
                FROM deployed_dependency d JOIN upstream u ON u.node_id = d.child_node_id
                WHERE d.environment = :environment
            )
            SELECT d.child_node_id AS child_id, c.name AS child_name, d.parent_node_id AS parent_id, p.name AS parent_name,
                   d.kind <> 'SAME_CYCLE' AS previous
            FROM deployed_dependency d
            JOIN upstream u ON u.node_id = d.child_node_id
            JOIN node c ON c.id = d.child_node_id
            JOIN node p ON p.id = d.parent_node_id
            WHERE d.environment = :environment AND d.child_node_id <> d.parent_node_id
            """)
    List<Edge> edgesUpstreamOf(Environment environment, Collection<Long> nodes);

    /** The nodes that wait for some node in the same cycle. */
    @SqlQuery("""
            SELECT d.child_node_id AS child_id, c.name AS child_name, d.parent_node_id AS parent_id, p.name AS parent_name,
                   false AS previous
            FROM deployed_dependency d JOIN node c ON c.id = d.child_node_id JOIN node p ON p.id = d.parent_node_id
            WHERE d.environment = :environment AND d.parent_node_id = :node AND d.kind = 'SAME_CYCLE'
            """)
    List<Edge> childrenOf(Environment environment, NodeId node);

    /** Those of some nodes that wait for the previous cycle of their children. */
    @SqlQuery("""
            SELECT child_node_id FROM deployed_dependency
            WHERE environment = :environment AND child_node_id = ANY(:nodes) AND child_node_id = parent_node_id
              AND kind = 'PREVIOUS_CYCLE_CHILDREN'
            """)
    List<NodeId> waitingForTheirChildren(Environment environment, Collection<Long> nodes);

    @SqlQuery("""
            SELECT d.node_id, n.name, v.document, w.name AS workspace, w.time_zone AS zone, w.periodic_scheduling AS scheduled
            FROM deployed_node d
            JOIN node n ON n.id = d.node_id
            JOIN node_version v ON v.id = d.node_version_id
            JOIN workspace w ON w.id = n.workspace_id
            WHERE d.environment = :environment AND d.node_id = ANY(:nodes)
            ORDER BY d.node_id
            """)
    List<Live> live(Environment environment, Collection<Long> nodes);

    /** All nodes that wait for some node, other than itself. */
    @SqlQuery("""
            SELECT d.child_node_id AS child_id, c.name AS child_name, d.parent_node_id AS parent_id, p.name AS parent_name,
                   d.kind <> 'SAME_CYCLE' AS previous
            FROM deployed_dependency d JOIN node c ON c.id = d.child_node_id JOIN node p ON p.id = d.parent_node_id
            WHERE d.environment = :environment AND d.parent_node_id = :node AND d.child_node_id <> :node
            ORDER BY c.name, d.child_node_id, previous
            LIMIT :limit
            """)
    List<Edge> waitingFor(Environment environment, NodeId node, int limit);

    /**
     * A live node.
     *
     * @param scheduled whether its workspace makes instances
     */
    record Live(NodeId nodeId, String name, NodeDocument document, String workspace, ZoneId zone, boolean scheduled) {
        NodeCycle cycle() {
            return document.cycleIn(zone);
        }
    }
}
