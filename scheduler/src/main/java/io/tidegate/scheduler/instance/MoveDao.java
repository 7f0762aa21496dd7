package io.tidegate.scheduler.instance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Writes of instance state. Used by {@link InstanceMoves} and {@link InstanceOpening} only. */
@RegisterConstructorMapper(SeenInstance.class)
@RegisterConstructorMapper(MoveDao.DueInstance.class)
@RegisterConstructorMapper(MoveDao.NotRun.class)
interface MoveDao {
    @SqlQuery("""
            WITH seen AS (
                SELECT * FROM unnest(:ids, :versions) AS s (id, version)
            ), moved AS (
                UPDATE instance i
                SET state = :to,
                    state_version = i.state_version + 1,
                    finished_at = CASE WHEN :to = i.state THEN i.finished_at
                                       WHEN :to IN ('SUCCESS', 'FAILED') THEN CAST(:now AS timestamptz) END
                FROM seen
                WHERE i.id = seen.id AND i.state_version = seen.version AND i.state = :from
                RETURNING i.id, i.epoch
            ), noted AS (
                INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail)
                SELECT id, CAST(:now AS timestamptz), :from, :to, :cause, :actor, epoch, :detail FROM moved
                ORDER BY id
            )
            SELECT count(*) FROM moved
            """)
    int move(
            long[] ids,
            long[] versions,
            String from,
            String to,
            Instant now,
            String cause,
            String actor,
            String detail);

    @SqlQuery("SELECT id, state, state_version AS version FROM instance WHERE id = :id FOR UPDATE")
    List<SeenInstance> lock(InstanceId id);

    @SqlQuery("""
            SELECT id, state, state_version AS version FROM instance
            WHERE id = ANY(:ids) AND state = 'NOT_RUN' AND NOT held
            ORDER BY id
            FOR UPDATE
            """)
    List<SeenInstance> lockNotRun(long[] ids);

    @SqlQuery("""
            SELECT i.id FROM instance i
            WHERE i.id = ANY(:ids)
              AND NOT EXISTS (
                  SELECT 1 FROM instance_dependency d JOIN instance p ON p.id = d.parent_id
                  WHERE d.child_id = i.id AND p.state <> 'SUCCESS')
            """)
    List<Long> withAllParentsDone(long[] ids);

    @SqlQuery("""
            SELECT i.id, NOT EXISTS (
                       SELECT 1 FROM instance_dependency d JOIN instance p ON p.id = d.parent_id
                       WHERE d.child_id = i.id AND p.state <> 'SUCCESS') AS parents_done
            FROM (SELECT id FROM instance WHERE state = 'NOT_RUN' AND NOT held AND id > :after ORDER BY id LIMIT :limit) i
            ORDER BY i.id
            """)
    List<NotRun> notRun(long after, int limit);

    // A parent that was rerun or planned late holds back a child whose time has come.
    @SqlQuery("""
            SELECT i.id, i.state, i.state_version AS version, i.dry_run FROM instance i
            WHERE i.state = 'WAIT_TIME' AND i.eligible_at <= :now AND NOT i.frozen AND NOT i.held
              AND NOT EXISTS (
                  SELECT 1 FROM instance_dependency d JOIN instance p ON p.id = d.parent_id
                  WHERE d.child_id = i.id AND p.state <> 'SUCCESS')
              -- The plan of every parent must have passed this time, or an edge may still be missing.
              AND NOT (i.origin = 'CYCLE' AND EXISTS (
                  SELECT 1 FROM deployed_dependency dd
                  WHERE dd.environment = i.environment AND dd.child_node_id = i.node_id AND dd.parent_node_id <> i.node_id
                    -- Not a join: one of all deployed nodes for each instance may look cheaper than it is.
                    AND (SELECT dn.planned_until FROM deployed_node dn
                         WHERE dn.environment = dd.environment AND dn.node_id = dd.parent_node_id) <= i.scheduled_time
                    AND NOT EXISTS (
                        SELECT 1 FROM instance_dependency_removal r
                        WHERE r.child_id = i.id AND r.parent_node_id = dd.parent_node_id
                          AND r.parent_scheduled_time = '-infinity')))
            ORDER BY i.eligible_at, i.id
            LIMIT :limit
            FOR UPDATE OF i SKIP LOCKED
            """)
    List<DueInstance> due(Instant now, int limit);

    @SqlQuery("""
            SELECT i.id, i.state, i.state_version AS version, i.dry_run FROM instance i
            WHERE i.id = ANY(:ids) AND i.state = 'WAIT_TIME' AND i.eligible_at <= :now AND NOT i.frozen AND NOT i.held
              -- The plan of every parent must have passed this time, or an edge may still be missing.
              AND NOT (i.origin = 'CYCLE' AND EXISTS (
                  SELECT 1 FROM deployed_dependency dd
                  WHERE dd.environment = i.environment AND dd.child_node_id = i.node_id AND dd.parent_node_id <> i.node_id
                    -- Not a join: one of all deployed nodes for each instance may look cheaper than it is.
                    AND (SELECT dn.planned_until FROM deployed_node dn
                         WHERE dn.environment = dd.environment AND dn.node_id = dd.parent_node_id) <= i.scheduled_time
                    AND NOT EXISTS (
                        SELECT 1 FROM instance_dependency_removal r
                        WHERE r.child_id = i.id AND r.parent_node_id = dd.parent_node_id
                          AND r.parent_scheduled_time = '-infinity')))
            ORDER BY i.id
            """)
    List<DueInstance> dueAmong(long[] ids, Instant now);

    @SqlQuery("SELECT DISTINCT child_id FROM instance_dependency WHERE parent_id = ANY(:parents) LIMIT :limit")
    List<Long> childrenOf(long[] parents, int limit);

    /** When the next instance falls due after {@code now}. */
    @SqlQuery("SELECT min(eligible_at) FROM instance WHERE state = 'WAIT_TIME' AND NOT held AND eligible_at > :now")
    Optional<Instant> nextDue(Instant now);

    /** Heard by the listeners once the transaction commits. */
    @SqlQuery("SELECT count(*) FROM (SELECT pg_notify(:channel, :payload)) AS told")
    int tell(String channel, String payload);

    /** An instance that waits for its parents, or for somebody to see that they are done. */
    record NotRun(long id, boolean parentsDone) {}

    /** An instance whose time has come. */
    record DueInstance(InstanceId id, InstanceState state, long version, boolean dryRun) {
        SeenInstance seen() {
            return new SeenInstance(id, state, version);
        }
    }
}
