package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterConstructorMapper(DeploymentCandidate.class)
@RegisterConstructorMapper(DeploymentDao.Row.class)
@RegisterConstructorMapper(DeploymentDao.ItemRow.class)
interface DeploymentDao {
    record Row(DeploymentId id, WorkspaceId workspaceId, String note, String deployedBy, Instant deployedAt) {}

    record ItemRow(
            DeploymentId deploymentId,
            NodeId nodeId,
            String nodeName,
            int version,
            @Nullable Integer previousVersion) {}

    @SqlQuery("""
            SELECT n.id AS node_id, n.name AS node_name, n.type, v.version, p.version AS deployed_version, v.note,
                   u.name AS committed_by, v.committed_at
            FROM node n
            JOIN LATERAL (
                SELECT * FROM node_version WHERE node_id = n.id AND version IS NOT NULL ORDER BY version DESC LIMIT 1
            ) v ON true
            JOIN user_account u ON u.id = v.committed_by
            LEFT JOIN deployed_node l ON l.node_id = n.id AND l.environment = 'PROD'
            LEFT JOIN node_version p ON p.id = l.node_version_id
            WHERE n.workspace_id = :workspaceId AND (p.version IS NULL OR p.version < v.version)
            ORDER BY n.name
            """)
    List<DeploymentCandidate> candidates(WorkspaceId workspaceId);

    @SqlUpdate("""
            INSERT INTO deployment (workspace_id, note, deployed_by, deployed_at)
            VALUES (:workspaceId, :note, :deployedBy, :deployedAt)
            """)
    @GetGeneratedKeys("id")
    DeploymentId insert(WorkspaceId workspaceId, String note, UserId deployedBy, Instant deployedAt);

    /** Written before the version goes live, so that what is live now is the previous one. */
    @SqlUpdate("""
            INSERT INTO deployment_item (deployment_id, node_id, node_version_id, previous_node_version_id)
            VALUES (:deploymentId, :nodeId, :versionId,
                    (SELECT node_version_id FROM deployed_node WHERE environment = 'PROD' AND node_id = :nodeId))
            """)
    void insertItem(DeploymentId deploymentId, NodeId nodeId, NodeVersionId versionId);

    @SqlQuery("""
            SELECT d.id, d.workspace_id, d.note, u.name AS deployed_by, d.deployed_at
            FROM deployment d JOIN user_account u ON u.id = d.deployed_by
            WHERE d.workspace_id = :workspaceId
            ORDER BY d.id DESC
            LIMIT :limit
            """)
    List<Row> newest(WorkspaceId workspaceId, int limit);

    @SqlQuery("""
            SELECT d.id, d.workspace_id, d.note, u.name AS deployed_by, d.deployed_at
            FROM deployment d JOIN user_account u ON u.id = d.deployed_by
            WHERE d.id = :id
            """)
    Optional<Row> find(DeploymentId id);

    @SqlQuery("""
            SELECT i.deployment_id, i.node_id, n.name AS node_name, v.version, p.version AS previous_version
            FROM deployment_item i
            JOIN node n ON n.id = i.node_id
            JOIN node_version v ON v.id = i.node_version_id
            LEFT JOIN node_version p ON p.id = i.previous_node_version_id
            WHERE i.deployment_id = ANY (:ids)
            ORDER BY i.deployment_id, n.name
            """)
    List<ItemRow> items(Collection<Long> ids);
}
