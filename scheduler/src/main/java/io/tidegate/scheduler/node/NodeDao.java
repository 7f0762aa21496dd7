package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workflow.WorkflowId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterConstructorMapper(Node.class)
@RegisterConstructorMapper(NodeSummary.class)
@RegisterConstructorMapper(NodeDraft.class)
@RegisterConstructorMapper(NodeVersion.class)
interface NodeDao {
    @SqlUpdate("""
            INSERT INTO node (workspace_id, workflow_id, name, type, is_root, owner_id, created_at)
            VALUES (:workspaceId, :workflowId, :name, :type, :root, :ownerId, :createdAt)
            ON CONFLICT (workspace_id, name) DO NOTHING
            """)
    @GetGeneratedKeys("id")
    Optional<NodeId> insert(
            WorkspaceId workspaceId,
            @Nullable WorkflowId workflowId,
            String name,
            NodeType type,
            boolean root,
            UserId ownerId,
            Instant createdAt);

    @SqlQuery("""
            SELECT n.id, n.workspace_id, w.name AS workflow, n.name, n.type, n.is_root AS root, u.name AS owner, n.created_at
            FROM node n JOIN user_account u ON u.id = n.owner_id LEFT JOIN workflow w ON w.id = n.workflow_id
            WHERE n.id = :id
            """)
    Optional<Node> find(NodeId id);

    @SqlQuery("""
            SELECT n.id, n.workspace_id, w.name AS workflow, n.name, n.type, n.is_root AS root, u.name AS owner, n.created_at
            FROM node n JOIN user_account u ON u.id = n.owner_id LEFT JOIN workflow w ON w.id = n.workflow_id
            WHERE n.workspace_id = :workspaceId AND n.name = :name
            """)
    Optional<Node> findByName(WorkspaceId workspaceId, String name);

    String SUMMARY = """
            SELECT n.id, n.name, n.type, w.name AS workflow, n.is_root AS root, d.revision AS draft_revision,
                   (SELECT max(v.version) FROM node_version v WHERE v.node_id = n.id) AS committed_version,
                   p.version AS deployed_version, u.name AS owner, d.updated_at, l.frozen_by, l.frozen_at, l.frozen_reason
            FROM node n
            JOIN node_draft d ON d.node_id = n.id
            JOIN user_account u ON u.id = n.owner_id
            LEFT JOIN workflow w ON w.id = n.workflow_id
            LEFT JOIN deployed_node l ON l.node_id = n.id AND l.environment = 'PROD'
            LEFT JOIN node_version p ON p.id = l.node_version_id
            """;

    @SqlQuery(SUMMARY + "WHERE n.id = :id")
    Optional<NodeSummary> summary(NodeId id);

    @SqlQuery(SUMMARY + "WHERE n.workspace_id = :workspaceId ORDER BY n.name")
    List<NodeSummary> ofWorkspace(WorkspaceId workspaceId);

    /** Commits of one node follow one another. */
    @SqlQuery("SELECT id FROM node WHERE id = :id FOR UPDATE")
    NodeId lock(NodeId id);

    @SqlUpdate("""
            INSERT INTO node_draft (node_id, document, revision, updated_by, updated_at)
            VALUES (:nodeId, :document, 1, :updatedBy, :updatedAt)
            """)
    void insertDraft(NodeId nodeId, NodeDocument document, UserId updatedBy, Instant updatedAt);

    @SqlUpdate("""
            UPDATE node_draft
            SET document = :document, revision = revision + 1, updated_by = :updatedBy, updated_at = :updatedAt
            WHERE node_id = :nodeId AND revision = :expectedRevision
            """)
    int saveDraft(NodeId nodeId, NodeDocument document, long expectedRevision, UserId updatedBy, Instant updatedAt);

    @SqlQuery("""
            SELECT d.node_id, d.document, d.revision, u.name AS updated_by, d.updated_at
            FROM node_draft d JOIN user_account u ON u.id = d.updated_by
            WHERE d.node_id = :nodeId
            """)
    Optional<NodeDraft> draft(NodeId nodeId);

    @SqlUpdate("""
            INSERT INTO node_version (node_id, version, document, note, committed_by, committed_at)
            SELECT :nodeId, coalesce(max(version), 0) + 1, :document, :note, :committedBy, :committedAt
            FROM node_version
            WHERE node_id = :nodeId
            """)
    @GetGeneratedKeys("id")
    NodeVersionId insertVersion(
            NodeId nodeId, NodeDocument document, String note, UserId committedBy, Instant committedAt);

    @SqlQuery("""
            SELECT v.id, v.node_id, v.version, v.document, v.note, u.name AS committed_by, v.committed_at
            FROM node_version v JOIN user_account u ON u.id = v.committed_by
            WHERE v.id = :id
            """)
    Optional<NodeVersion> version(NodeVersionId id);

    @SqlQuery("""
            SELECT v.id, v.node_id, v.version, v.document, v.note, u.name AS committed_by, v.committed_at
            FROM node_version v JOIN user_account u ON u.id = v.committed_by
            WHERE v.node_id = :nodeId AND v.version = :version
            """)
    Optional<NodeVersion> version(NodeId nodeId, int version);

    @SqlQuery("""
            SELECT v.id, v.node_id, v.version, v.document, v.note, u.name AS committed_by, v.committed_at
            FROM node_version v JOIN user_account u ON u.id = v.committed_by
            WHERE v.node_id = :nodeId AND v.version IS NOT NULL
            ORDER BY v.version DESC
            """)
    List<NodeVersion> versions(NodeId nodeId);
}
