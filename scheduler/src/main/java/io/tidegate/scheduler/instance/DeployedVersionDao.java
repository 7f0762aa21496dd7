package io.tidegate.scheduler.instance;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.workflow.WorkflowId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The version an instance has, and the one that is deployed. */
@RegisterConstructorMapper(DeployedVersionDao.Versions.class)
interface DeployedVersionDao {
    // Shared, so that nobody deploys another one before this one has been given.
    @SqlQuery("""
            SELECT i.environment, i.workspace_id, i.node_id, n.workflow_id, n.name, n.type, i.scheduled_time,
                   i.scheduled_local, i.zone, i.parameters, o.id AS own, o.version AS own_number,
                   o.document AS own_document, v.id AS deployed, v.version AS deployed_number,
                   v.document AS deployed_document
            FROM instance i
            JOIN node n ON n.id = i.node_id
            JOIN node_version o ON o.id = i.node_version_id
            JOIN deployed_node d ON d.environment = i.environment AND d.node_id = i.node_id
            JOIN node_version v ON v.id = d.node_version_id
            WHERE i.id = :instance
            FOR SHARE OF d
            """)
    Optional<Versions> versions(InstanceId instance);

    @SqlUpdate("""
            UPDATE instance
            SET node_version_id = :version, parameters = :parameters, max_parallel = :maxParallel,
                resource_group_id = coalesce(
                    (SELECT id FROM resource_group WHERE name = :resourceGroup AND deleted_at IS NULL), resource_group_id)
            WHERE id = :instance AND state_version = :seen
            """)
    int give(
            InstanceId instance,
            long seen,
            NodeVersionId version,
            Map<String, String> parameters,
            @Nullable Integer maxParallel,
            String resourceGroup);

    /**
     * An instance with both versions.
     *
     * @param ownNumber null for a draft that was run by hand
     * @param zone the one the instance was generated in
     */
    record Versions(
            Environment environment,
            WorkspaceId workspaceId,
            NodeId nodeId,
            @Nullable WorkflowId workflowId,
            String name,
            NodeType type,
            Instant scheduledTime,
            LocalDateTime scheduledLocal,
            ZoneId zone,
            Map<String, String> parameters,
            NodeVersionId own,
            @Nullable Integer ownNumber,
            NodeDocument ownDocument,
            NodeVersionId deployed,
            int deployedNumber,
            NodeDocument deployedDocument) {
        RunnableNode ownNode() {
            return node(own, ownDocument);
        }

        RunnableNode deployedNode() {
            return node(deployed, deployedDocument);
        }

        private RunnableNode node(NodeVersionId version, NodeDocument document) {
            return new RunnableNode(environment, workspaceId, nodeId, workflowId, name, type, version, document, zone);
        }

        ScheduledTime time() {
            return new ScheduledTime(scheduledLocal, scheduledTime);
        }
    }
}
