package io.tidegate.scheduler.instance;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Instances and their attempts, as they are read. */
@RegisterConstructorMapper(Instance.class)
@RegisterConstructorMapper(Attempt.class)
@RegisterConstructorMapper(AttemptLog.Chunk.class)
@RegisterConstructorMapper(DirtyRecord.class)
@RegisterConstructorMapper(InstanceHistory.class)
@RegisterConstructorMapper(Relative.class)
@RegisterConstructorMapper(InstanceDao.Pinned.class)
@RegisterConstructorMapper(InstanceDao.OpenCommit.class)
interface InstanceDao {
    @SqlQuery("SELECT " + InstanceColumns.NAMED + "FROM instance i " + InstanceColumns.NAMES + "WHERE i.id = :id")
    Optional<Instance> find(InstanceId id);

    @SqlQuery("""
            SELECT p.id, n.name AS node_name, p.scheduled_local, p.state, d.previous
            FROM instance_dependency d JOIN instance p ON p.id = d.parent_id JOIN node n ON n.id = p.node_id
            WHERE d.child_id = :id
            ORDER BY p.scheduled_time, p.id
            LIMIT 1000
            """)
    List<Relative> parents(InstanceId id);

    @SqlQuery("""
            SELECT c.id, n.name AS node_name, c.scheduled_local, c.state, d.previous
            FROM instance_dependency d JOIN instance c ON c.id = d.child_id JOIN node n ON n.id = c.node_id
            WHERE d.parent_id = :id
            ORDER BY c.scheduled_time, c.id
            LIMIT 1000
            """)
    List<Relative> children(InstanceId id);

    @SqlQuery("SELECT * FROM attempt WHERE instance_id = :id ORDER BY number DESC LIMIT 1000")
    List<Attempt> attempts(InstanceId id);

    @SqlQuery("""
            SELECT i.workspace_id, v.document FROM instance i JOIN node_version v ON v.id = i.node_version_id
            WHERE i.id = :id
            """)
    Optional<Pinned> pinned(InstanceId id);

    @SqlQuery("SELECT name FROM user_account WHERE id = :id")
    Optional<String> userName(UserId id);

    @SqlQuery("SELECT * FROM attempt WHERE id = :id")
    Optional<Attempt> attempt(AttemptId id);

    @SqlQuery("""
            SELECT id, at, from_state, to_state, cause, actor, epoch, detail
            FROM instance_event WHERE instance_id = :id ORDER BY id LIMIT 10000
            """)
    List<InstanceHistory> events(InstanceId id);

    @SqlQuery("""
            SELECT number, text FROM attempt_log
            WHERE attempt_id = :attempt AND number > :after
            ORDER BY number
            LIMIT :limit
            """)
    List<AttemptLog.Chunk> log(AttemptId attempt, int after, int limit);

    @SqlQuery("""
            SELECT partition, "offset", column_name AS "column", excerpt, reason FROM attempt_dirty_record
            WHERE attempt_id = :attempt AND number > :after
            ORDER BY number
            LIMIT :limit
            """)
    List<DirtyRecord> dirtyRecords(AttemptId attempt, int after, int limit);

    @SqlUpdate("""
            UPDATE instance
            SET generation = generation + 1, auto_reruns_left = :autoReruns, lost_attempts = 0,
                eligible_at = CASE WHEN origin = 'CYCLE' THEN greatest(scheduled_time, CAST(:now AS timestamptz))
                                   ELSE CAST(:now AS timestamptz) END,
                stop_asked_at = NULL, stop_asked_by = NULL,
                started_at = NULL,
                -- Whoever asks for this one instance does not wait for its backfill.
                held = false,
                -- What was missed works when somebody asks for it.
                dry_run = dry_run AND dry_run_reason IS DISTINCT FROM 'MISSED',
                dry_run_reason = nullif(dry_run_reason, 'MISSED'),
                -- A group that was deleted since gives no slots: the default one of its kind does.
                resource_group_id = (
                    SELECT CASE WHEN g.deleted_at IS NULL THEN g.id
                                ELSE (SELECT d.id FROM resource_group d WHERE d.name = 'default_' || lower(g.kind)) END
                    FROM resource_group g WHERE g.id = instance.resource_group_id)
            WHERE id = :id AND state_version = :version
            """)
    int startGeneration(InstanceId id, long version, int autoReruns, Instant now);

    // By a receipt, or by a user who was told to look for the rows and set the instance to success.
    @SqlQuery("""
            SELECT EXISTS (SELECT 1 FROM attempt
                           WHERE instance_id = :id
                             AND (failure_kind = 'COMMIT_UNKNOWN'
                                  OR (state = 'SUCCEEDED' AND receipt ->> 'writeMode' = 'INTO'
                                      AND records_written > 0)))
            """)
    boolean addedRows(InstanceId id);

    @SqlQuery("""
            SELECT p.number, p.prepared ->> 'uploadId' AS upload_id
            FROM (SELECT number, prepared FROM attempt WHERE instance_id = :id AND prepared IS NOT NULL
                  ORDER BY number DESC LIMIT 1) p
            WHERE NOT EXISTS (SELECT 1 FROM attempt s
                              WHERE s.instance_id = :id AND s.number >= p.number AND s.state = 'SUCCEEDED')
            """)
    Optional<OpenCommit> openCommit(InstanceId id);

    @SqlUpdate("""
            UPDATE instance SET stop_asked_at = :now, stop_asked_by = :by
            WHERE id = :id AND state = 'RUNNING' AND state_version = :version AND stop_asked_at IS NULL
            """)
    int askToStop(InstanceId id, long version, Instant now, String by);

    @SqlQuery("""
            SELECT DISTINCT e.instance_id FROM instance_event e JOIN instance i ON i.id = e.instance_id
            WHERE e.id > :after AND i.workspace_id = :workspace
            ORDER BY e.instance_id
            LIMIT :limit
            """)
    List<InstanceId> changedAfter(WorkspaceId workspace, long after, int limit);

    @SqlQuery("SELECT coalesce(max(id), 0) FROM instance_event")
    long newestEvent();

    /** A commit that an attempt prepared and nobody has confirmed. */
    record OpenCommit(int number, String uploadId) {}

    /** What an instance was generated with. */
    record Pinned(WorkspaceId workspaceId, NodeDocument document) {}
}
