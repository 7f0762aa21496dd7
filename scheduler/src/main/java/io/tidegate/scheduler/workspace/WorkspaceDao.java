package io.tidegate.scheduler.workspace;

import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.user.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Workspace.class)
interface WorkspaceDao {
    @SqlUpdate("""
            INSERT INTO workspace (name, mode, time_zone, periodic_scheduling, created_at)
            VALUES (:name, :mode, :timeZone, true, :createdAt)
            ON CONFLICT (name) DO NOTHING
            """)
    @GetGeneratedKeys("id")
    Optional<WorkspaceId> insert(String name, WorkspaceMode mode, ZoneId timeZone, Instant createdAt);

    @SqlUpdate("""
            INSERT INTO workspace_member (workspace_id, user_id, role, added_at)
            VALUES (:workspaceId, :userId, 'OWNER', :addedAt)
            """)
    void addOwner(WorkspaceId workspaceId, UserId userId, Instant addedAt);

    @SqlQuery(
            "SELECT id, name, mode, time_zone, periodic_scheduling, catch_up, created_at FROM workspace ORDER BY name")
    List<Workspace> all();

    @SqlQuery(
            "SELECT id, name, mode, time_zone, periodic_scheduling, catch_up, created_at FROM workspace WHERE name = :name")
    Optional<Workspace> findByName(String name);

    @SqlQuery(
            "SELECT id, name, mode, time_zone, periodic_scheduling, catch_up, created_at FROM workspace WHERE id = :id")
    Optional<Workspace> find(WorkspaceId id);

    @SqlQuery("""
            SELECT id, name, mode, time_zone, periodic_scheduling, catch_up, created_at FROM workspace
            WHERE id = :id
            FOR UPDATE
            """)
    Optional<Workspace> lock(WorkspaceId id);

    @SqlUpdate("UPDATE workspace SET periodic_scheduling = :periodicScheduling, catch_up = :catchUp WHERE id = :id")
    void update(WorkspaceId id, boolean periodicScheduling, CatchUp catchUp);

    /** Lets the planner go on from an instant and leave out what was before; the root node goes on from the day's start. */
    @SqlUpdate("""
            UPDATE deployed_node d
            SET planned_until = greatest(d.planned_until, CASE WHEN n.is_root THEN CAST(:startOfDay AS timestamptz)
                                                               ELSE CAST(:now AS timestamptz) END)
            FROM node n
            WHERE n.id = d.node_id AND n.workspace_id = :id AND d.environment = 'PROD' AND d.planned_until < :now
            """)
    int goOnFrom(WorkspaceId id, Instant now, Instant startOfDay);
}
