package io.tidegate.scheduler.workflow;

import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Workflow.class)
interface WorkflowDao {
    @SqlUpdate("""
            INSERT INTO workflow (workspace_id, name, description, created_by, created_at)
            VALUES (:workspaceId, :name, :description, :createdBy, :createdAt)
            ON CONFLICT (workspace_id, name) DO NOTHING
            """)
    @GetGeneratedKeys("id")
    Optional<WorkflowId> insert(
            WorkspaceId workspaceId, String name, String description, UserId createdBy, Instant createdAt);

    @SqlQuery("""
            SELECT w.id, w.workspace_id, w.name, w.description, u.name AS created_by, w.created_at
            FROM workflow w JOIN user_account u ON u.id = w.created_by
            WHERE w.workspace_id = :workspaceId
            ORDER BY w.name
            """)
    List<Workflow> ofWorkspace(WorkspaceId workspaceId);

    @SqlQuery("""
            SELECT w.id, w.workspace_id, w.name, w.description, u.name AS created_by, w.created_at
            FROM workflow w JOIN user_account u ON u.id = w.created_by
            WHERE w.workspace_id = :workspaceId AND w.name = :name
            """)
    Optional<Workflow> find(WorkspaceId workspaceId, String name);
}
