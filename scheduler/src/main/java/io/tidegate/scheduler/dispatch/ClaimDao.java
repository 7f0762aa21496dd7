package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The claim. */
@RegisterConstructorMapper(ClaimedAttempt.class)
interface ClaimDao {
    // By who is first in their queues: else a worker with fewer threads than the first group has slots would never come
    // to
    // the second while the first has a backlog.
    @SqlQuery("""
            SELECT g.id FROM resource_group g
            CROSS JOIN LATERAL (
                SELECT i.priority, i.scheduled_time, i.id FROM instance i
                WHERE i.resource_group_id = g.id AND i.state = 'WAIT_RESOURCE' AND NOT i.frozen
                  AND i.eligible_at <= :now
                ORDER BY i.priority DESC, i.scheduled_time, i.id
                LIMIT 1
            ) head
            WHERE cardinality(:served) = 0 OR g.name = ANY(:served)
            ORDER BY head.priority DESC, head.scheduled_time, head.id
            """)
    List<ResourceGroupId> groupsWithWork(String[] served, Instant now);

    // Locked until the claim commits: whoever counts next counts what was claimed here. NO KEY, so that planning, which
    // only refers to the group, goes on meanwhile.
    @SqlQuery("SELECT slots FROM resource_group WHERE id = :group FOR NO KEY UPDATE")
    Optional<Integer> lockSlots(ResourceGroupId group);

    @SqlQuery("SELECT count(*) FROM instance WHERE resource_group_id = :group AND state = 'RUNNING'")
    int slotsInUse(ResourceGroupId group);

    /**
     * Locks, until the claim commits, the nodes with a limit of their own that have instances waiting in a group: instances of
     * one node may wait in several groups, and whoever counts next must count what was claimed here. Not their rows, which a
     * commit may hold for long.
     */
    @SqlQuery("""
            SELECT node_id FROM (
                SELECT node_id, pg_advisory_xact_lock(:space, CAST(node_id % 2147483647 AS integer)) FROM (
                    SELECT DISTINCT node_id, node_id % 2147483647 AS place FROM instance
                    WHERE resource_group_id = :group AND state = 'WAIT_RESOURCE' AND max_parallel IS NOT NULL
                    ORDER BY place
                ) waiting
            ) locked
            """)
    List<Long> lockLimitedNodes(ResourceGroupId group, int space);

    // A prepared commit is handed on, over manual reruns too, until an attempt at or after it succeeded, or a user
    // reran the instance although told that nobody can find out what became of it. Older ones need no look: who
    // prepares a commit has settled the one before.
    @SqlQuery("""
            WITH running AS (
                SELECT environment, node_id, count(*) AS instances FROM instance
                WHERE state = 'RUNNING' AND node_id = ANY(:limitedNodes)
                GROUP BY environment, node_id
            ), admitted AS (
                SELECT id FROM (
                    SELECT i.id, i.max_parallel,
                           coalesce(r.instances, 0)
                               + row_number() OVER (PARTITION BY i.environment, i.node_id
                                                    ORDER BY i.priority DESC, i.scheduled_time, i.id) AS place
                    FROM instance i LEFT JOIN running r ON r.environment = i.environment AND r.node_id = i.node_id
                    WHERE i.resource_group_id = :group AND i.state = 'WAIT_RESOURCE' AND i.max_parallel IS NOT NULL
                      AND i.node_id = ANY(:limitedNodes) AND NOT i.frozen AND NOT i.dry_run AND i.eligible_at <= :now
                ) limited
                WHERE place <= max_parallel
            ), due AS (
                SELECT id FROM instance
                WHERE resource_group_id = :group AND state = 'WAIT_RESOURCE' AND NOT frozen AND NOT dry_run
                  AND eligible_at <= :now AND (max_parallel IS NULL OR id IN (SELECT id FROM admitted))
                ORDER BY priority DESC, scheduled_time, id
                LIMIT :limit
                FOR UPDATE SKIP LOCKED
            ), taken AS (
                UPDATE instance i
                SET state = :to, state_version = state_version + 1, epoch = epoch + 1, attempts = attempts + 1,
                    started_at = :now, finished_at = NULL, stop_asked_at = NULL, stop_asked_by = NULL
                FROM due
                WHERE i.id = due.id
                RETURNING i.*
            ), noted AS (
                INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail)
                SELECT id, CAST(:now AS timestamptz), :from, :to, :cause, :actor, epoch, 'Attempt ' || attempts || '.'
                FROM taken ORDER BY id
            ), born AS (
                INSERT INTO attempt (instance_id, number, generation, epoch, worker, state, lease_until, started_at)
                SELECT id, attempts, generation, epoch, :worker, 'RUNNING', CAST(:leaseUntil AS timestamptz),
                       CAST(:now AS timestamptz)
                FROM taken ORDER BY id
                RETURNING *
            )
            SELECT a.id, a.instance_id, a.number, a.epoch, a.lease_until, a.started_at, t.workspace_id, t.environment,
                   n.name AS node_name, n.type AS node_type, t.zone, t.scheduled_local, v.document, t.parameters,
                   (SELECT e.plan FROM attempt e
                    WHERE e.instance_id = t.id AND e.generation = t.generation AND e.plan IS NOT NULL
                    ORDER BY e.number DESC LIMIT 1) AS plan,
                   p.prepared, coalesce(p.generation < t.generation, false) AS rerun_asked
            FROM born a
            JOIN taken t ON t.id = a.instance_id
            JOIN node n ON n.id = t.node_id
            JOIN node_version v ON v.id = t.node_version_id
            LEFT JOIN LATERAL (
                SELECT e.number, e.generation, e.prepared FROM attempt e
                WHERE e.instance_id = t.id AND e.prepared IS NOT NULL
                ORDER BY e.number DESC LIMIT 1
            ) p ON NOT EXISTS (
                SELECT 1 FROM attempt s
                WHERE s.instance_id = t.id AND s.number >= p.number
                  AND (s.state = 'SUCCEEDED'
                       OR (s.failure_kind = 'COMMIT_UNKNOWN' AND s.generation < t.generation)))
            ORDER BY t.priority DESC, t.scheduled_time, t.id
            """)
    List<ClaimedAttempt> claim(
            ResourceGroupId group,
            String from,
            String to,
            String cause,
            String actor,
            String worker,
            Instant now,
            Instant leaseUntil,
            long[] limitedNodes,
            int limit);
}
