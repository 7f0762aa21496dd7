package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.node.DependencyKind;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(IsolatedNode.class)
interface DeployedNodeDao {
    // A loop of two that wait for each other is refused at commit and is not looked for here.
    @SqlQuery("""
            SELECT n.id AS node_id, n.name AS node_name, 'NO_PARENT' AS reason, NULL AS parent
            FROM deployed_node d JOIN node n ON n.id = d.node_id
            WHERE d.environment = 'PROD' AND n.workspace_id = :workspace AND NOT n.is_root
              AND NOT EXISTS (
                  SELECT 1 FROM deployed_dependency dd
                  WHERE dd.environment = d.environment AND dd.child_node_id = d.node_id AND dd.kind = 'SAME_CYCLE')
            UNION ALL
            SELECT n.id, n.name, 'PARENT_NOT_DEPLOYED', p.name
            FROM deployed_node d
            JOIN node n ON n.id = d.node_id
            JOIN deployed_dependency dd ON dd.environment = d.environment AND dd.child_node_id = d.node_id
            JOIN node p ON p.id = dd.parent_node_id
            WHERE d.environment = 'PROD' AND n.workspace_id = :workspace AND dd.kind IN ('SAME_CYCLE', 'PREVIOUS_CYCLE_NODES')
              AND NOT EXISTS (
                  SELECT 1 FROM deployed_node pd
                  WHERE pd.environment = d.environment AND pd.node_id = dd.parent_node_id)
            UNION ALL
            SELECT n.id, n.name, 'OUTPUT_GONE', wanted ->> 'output'
            FROM deployed_node d
            JOIN node n ON n.id = d.node_id
            JOIN node_version v ON v.id = d.node_version_id
            CROSS JOIN LATERAL jsonb_array_elements(v.document -> 'dependencies') AS wanted
            WHERE d.environment = 'PROD' AND n.workspace_id = :workspace
              AND wanted ->> 'kind' IN ('SAME_CYCLE', 'PREVIOUS_CYCLE_NODES')
              AND NOT EXISTS (
                  SELECT 1 FROM node_output o
                  WHERE o.environment = d.environment AND o.output = wanted ->> 'output')
            ORDER BY 2, 3, 4
            """)
    List<IsolatedNode> isolated(WorkspaceId workspace);

    /** One change of the live graph follows another, so that two of them cannot close a loop together. Reads go on. */
    @SqlUpdate("LOCK TABLE deployed_dependency IN SHARE ROW EXCLUSIVE MODE")
    void lockGraph();

    /** The instant up to which instances were planned; waits for the planner if it is at this node. */
    @SqlQuery("""
            SELECT planned_until FROM deployed_node
            WHERE environment = :environment AND node_id = :nodeId
            FOR UPDATE
            """)
    Optional<Instant> plannedUntil(Environment environment, NodeId nodeId);

    @SqlUpdate("""
            INSERT INTO deployed_node (environment, node_id, node_version_id, deployed_at, planned_until)
            VALUES (:environment, :nodeId, :versionId, :deployedAt, :plannedUntil)
            ON CONFLICT (environment, node_id) DO UPDATE
            SET node_version_id = excluded.node_version_id, deployed_at = excluded.deployed_at,
                planned_until = excluded.planned_until
            """)
    void write(
            Environment environment, NodeId nodeId, NodeVersionId versionId, Instant deployedAt, Instant plannedUntil);

    @SqlUpdate("DELETE FROM node_output WHERE environment = :environment AND node_id = :nodeId")
    void deleteOutputs(Environment environment, NodeId nodeId);

    @SqlUpdate("""
            INSERT INTO node_output (environment, output, node_id)
            SELECT :environment, unnest(:outputs), :nodeId
            """)
    void insertOutputs(Environment environment, Collection<String> outputs, NodeId nodeId);

    @SqlUpdate("DELETE FROM deployed_dependency WHERE environment = :environment AND child_node_id = :childId")
    void deleteDependencies(Environment environment, NodeId childId);

    /** Two outputs of one parent make one dependency. */
    @SqlUpdate("""
            INSERT INTO deployed_dependency (environment, child_node_id, parent_node_id, kind)
            SELECT DISTINCT :environment, :childId, o.node_id, :kind
            FROM node_output o
            WHERE o.environment = :environment AND o.output = ANY (:outputs)
            """)
    void insertDependencies(Environment environment, NodeId childId, DependencyKind kind, Collection<String> outputs);

    /** For the kinds that name no other node. */
    @SqlUpdate("""
            INSERT INTO deployed_dependency (environment, child_node_id, parent_node_id, kind)
            VALUES (:environment, :nodeId, :nodeId, :kind)
            """)
    void insertDependencyOnItself(Environment environment, NodeId nodeId, DependencyKind kind);

    /** Forgets who waits for whom as its child, of a node on both sides. */
    @SqlUpdate("""
            DELETE FROM deployed_dependency
            WHERE environment = :environment AND kind = 'PREVIOUS_CYCLE_CHILDREN' AND child_node_id <> parent_node_id
              AND (child_node_id = :nodeId OR parent_node_id = :nodeId)
            """)
    void deleteDependenciesOnChildren(Environment environment, NodeId nodeId);

    /** Writes them anew: for the node's own children, and for the parents that wait for it as their child. */
    @SqlUpdate("""
            INSERT INTO deployed_dependency (environment, child_node_id, parent_node_id, kind)
            SELECT asking.environment, asking.child_node_id, child.child_node_id, asking.kind
            FROM deployed_dependency asking
            JOIN deployed_dependency child
                ON child.environment = asking.environment AND child.parent_node_id = asking.child_node_id
               AND child.kind = 'SAME_CYCLE'
            WHERE asking.environment = :environment AND asking.kind = 'PREVIOUS_CYCLE_CHILDREN'
              AND asking.child_node_id = asking.parent_node_id
              AND (asking.child_node_id = :nodeId OR child.child_node_id = :nodeId)
            """)
    void insertDependenciesOnChildren(Environment environment, NodeId nodeId);
}
