package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.readiness.ReadinessFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Why instances wait: each question for many instances at once, so that a page costs as many queries as one instance. */
@RegisterConstructorMapper(ReadinessDao.HoldingParent.class)
@RegisterConstructorMapper(ReadinessDao.Frozen.class)
@RegisterConstructorMapper(ReadinessDao.Unplanned.class)
@RegisterConstructorMapper(ReadinessDao.Queued.class)
@RegisterConstructorMapper(ReadinessDao.RunningAttempt.class)
@RegisterConstructorMapper(ReadinessDao.Held.class)
interface ReadinessDao {
    @SqlQuery("""
            SELECT c.id AS child_id, h.*
            FROM unnest(:ids) AS c (id)
            CROSS JOIN LATERAL (
                SELECT p.id AS instance_id, n.name AS node, p.state, p.frozen, count(*) OVER () AS total
                FROM instance_dependency d JOIN instance p ON p.id = d.parent_id JOIN node n ON n.id = p.node_id
                WHERE d.child_id = c.id AND p.state <> 'SUCCESS'
                ORDER BY p.state = 'FAILED' DESC, p.frozen DESC, p.scheduled_time, p.id
                LIMIT :each
            ) h
            """)
    List<HoldingParent> holdingParents(long[] ids, int each);

    @SqlQuery("SELECT id, frozen_by, frozen_at, frozen_reason FROM instance WHERE id = ANY(:ids) AND frozen")
    List<Frozen> frozen(long[] ids);

    // The same condition that holds them back in MoveDao.due; what is switched off is named first.
    @SqlQuery("""
            SELECT DISTINCT ON (i.id) i.id, n.name AS node, dn.planned_until, w.name AS workspace,
                   w.periodic_scheduling AS scheduled
            FROM instance i
            JOIN deployed_dependency dd ON dd.environment = i.environment AND dd.child_node_id = i.node_id
            JOIN deployed_node dn ON dn.environment = dd.environment AND dn.node_id = dd.parent_node_id
            JOIN node n ON n.id = dn.node_id
            JOIN workspace w ON w.id = n.workspace_id
            WHERE i.id = ANY(:ids) AND i.origin = 'CYCLE' AND dd.parent_node_id <> i.node_id
              AND dn.planned_until <= i.scheduled_time
              AND NOT EXISTS (
                  SELECT 1 FROM instance_dependency_removal r
                  WHERE r.child_id = i.id AND r.parent_node_id = dd.parent_node_id
                    AND r.parent_scheduled_time = '-infinity')
            ORDER BY i.id, w.periodic_scheduling, dn.planned_until, n.id
            """)
    List<Unplanned> unplannedParents(long[] ids);

    // What holds for a group is asked once for it, and its queue is looked at up to a length: neither a page nor a
    // group that is
    // far behind makes the other dear.
    @SqlQuery("""
            WITH asked AS MATERIALIZED (
                SELECT id, resource_group_id, environment, node_id, max_parallel FROM instance
                WHERE id = ANY(:ids) AND state = 'WAIT_RESOURCE' AND NOT frozen AND NOT dry_run
            ), served AS MATERIALIZED (
                SELECT g.id, g.slots, w.workers, w.workers_free,
                       (SELECT count(*) FROM instance r WHERE r.resource_group_id = g.id AND r.state = 'RUNNING') AS used
                FROM resource_group g
                CROSS JOIN LATERAL (
                    SELECT count(*) AS workers,
                           coalesce(sum(greatest(0, w.slots - (SELECT count(*) FROM attempt a
                                                               WHERE a.state = 'RUNNING' AND a.worker = w.name))), 0)
                               AS workers_free
                    FROM worker w
                    WHERE w.alive_until > :now AND NOT w.draining
                      AND (cardinality(w.resource_groups) = 0 OR g.name = ANY(w.resource_groups))
                ) w
                WHERE g.id IN (SELECT resource_group_id FROM asked)
            ), queue AS MATERIALIZED (
                SELECT q.id, q.place
                FROM served s
                CROSS JOIN LATERAL (
                    SELECT first.id, row_number() OVER (ORDER BY first.priority DESC, first.scheduled_time, first.id) AS place
                    FROM (SELECT id, priority, scheduled_time FROM instance
                          WHERE resource_group_id = s.id AND state = 'WAIT_RESOURCE' AND NOT frozen AND NOT dry_run
                          ORDER BY priority DESC, scheduled_time, id
                          LIMIT :aheadMax) first
                ) q
            )
            SELECT i.id, coalesce(q.place - 1, :aheadMax) AS ahead, s.slots, s.used, s.workers, s.workers_free, i.max_parallel,
                   (SELECT count(*) FROM instance r
                    WHERE r.environment = i.environment AND r.node_id = i.node_id AND r.state = 'RUNNING'
                      AND i.max_parallel IS NOT NULL) AS running_of_node,
                   (SELECT e.at FROM instance_event e
                    WHERE e.instance_id = i.id AND e.to_state = 'WAIT_RESOURCE' AND e.from_state <> 'WAIT_RESOURCE'
                    ORDER BY e.id DESC LIMIT 1) AS since
            FROM asked i JOIN served s ON s.id = i.resource_group_id LEFT JOIN queue q ON q.id = i.id
            """)
    List<Queued> queued(long[] ids, Instant now, int aheadMax);

    @SqlQuery("""
            SELECT instance_id, number, worker, started_at, lease_until
            FROM attempt WHERE instance_id = ANY(:ids) AND state = 'RUNNING'
            """)
    List<RunningAttempt> runningAttempts(long[] ids);

    @SqlQuery("""
            SELECT i.id, b.name AS backfill, b.state, b.state_by, b.state_at, b.state_reason, i.business_date, i.zone,
                   coalesce(d.position, 0) AS position, coalesce(d.begun_at IS NOT NULL, true) AS begun,
                   (SELECT array_agg(CAST(h.business_date AS text) ORDER BY h.position) FROM (
                       SELECT business_date, position FROM backfill_date
                       WHERE backfill_id = b.id AND begun_at IS NOT NULL AND over_at IS NULL
                       ORDER BY position LIMIT 4) h) AS in_hand,
                   f.id AS failed_id, f.name AS failed_node
            FROM instance i
            JOIN backfill b ON CAST(b.id AS text) = i.origin_key
            LEFT JOIN backfill_date d ON d.backfill_id = b.id AND d.business_date = i.business_date
            LEFT JOIN LATERAL (
                SELECT x.id, n.name FROM instance x JOIN node n ON n.id = x.node_id
                WHERE b.state = 'HALTED' AND x.origin = 'BACKFILL' AND x.origin_key = i.origin_key AND x.state = 'FAILED'
                ORDER BY x.id LIMIT 1) f ON true
            WHERE i.id = ANY(:ids) AND i.origin = 'BACKFILL' AND i.held
            """)
    List<Held> held(long[] ids);

    /** A parent that holds an instance back; {@code total} counts all of them. */
    record HoldingParent(
            InstanceId childId, long instanceId, String node, InstanceState state, boolean frozen, int total) {
        ReadinessFacts.Parent fact() {
            ReadinessFacts.Condition condition = switch (state) {
                case FAILED -> ReadinessFacts.Condition.FAILED;
                case RUNNING -> ReadinessFacts.Condition.RUNNING;
                case NOT_RUN, WAIT_TIME, WAIT_RESOURCE, SUCCESS ->
                    frozen ? ReadinessFacts.Condition.FROZEN : ReadinessFacts.Condition.WAITING;
            };
            return new ReadinessFacts.Parent(instanceId, node, condition);
        }
    }

    record Frozen(
            InstanceId id,
            @Nullable String frozenBy,
            @Nullable Instant frozenAt,
            @Nullable String frozenReason) {
        ReadinessFacts.Freeze fact() {
            return new ReadinessFacts.Freeze(frozenBy, frozenAt, frozenReason == null ? "" : frozenReason);
        }
    }

    record Unplanned(InstanceId id, String node, Instant plannedUntil, String workspace, boolean scheduled) {
        ReadinessFacts.UnplannedParent fact() {
            return new ReadinessFacts.UnplannedParent(node, plannedUntil, workspace, scheduled);
        }
    }

    /**
     * Its place in the queue, the slots of its group and how many of them are in use in the whole installation, the live
     * workers that serve the group with what they can take beside what they run, the limit of its own node, and since when it has been in the queue.
     */
    record Queued(
            InstanceId id,
            int ahead,
            int slots,
            int used,
            int workers,
            int workersFree,
            @Nullable Integer maxParallel,
            int runningOfNode,
            @Nullable Instant since) {
        ReadinessFacts.@Nullable NodeLimit nodeLimit() {
            return maxParallel == null ? null : new ReadinessFacts.NodeLimit(maxParallel, runningOfNode);
        }
    }

    record RunningAttempt(InstanceId instanceId, int number, String worker, Instant startedAt, Instant leaseUntil) {}

    /** An instance that its backfill does not let start. */
    record Held(
            InstanceId id,
            String backfill,
            String state,
            @Nullable String stateBy,
            @Nullable Instant stateAt,
            String stateReason,
            LocalDate businessDate,
            ZoneId zone,
            int position,
            boolean begun,
            @Nullable List<String> inHand,
            @Nullable Long failedId,
            @Nullable String failedNode) {
        ReadinessFacts.HeldByBackfill fact() {
            return new ReadinessFacts.HeldByBackfill(
                    backfill,
                    standing(),
                    stateBy,
                    stateAt,
                    stateReason,
                    businessDate,
                    position,
                    begun,
                    inHand == null
                            ? List.of()
                            : inHand.stream().map(LocalDate::parse).toList(),
                    failedId == null || failedNode == null
                            ? null
                            : new ReadinessFacts.Parent(failedId, failedNode, ReadinessFacts.Condition.FAILED),
                    zone);
        }

        private ReadinessFacts.BackfillStanding standing() {
            return switch (state) {
                case "PAUSED" -> ReadinessFacts.BackfillStanding.PAUSED;
                case "HALTED" -> ReadinessFacts.BackfillStanding.HALTED;
                case "CANCELLED" -> ReadinessFacts.BackfillStanding.CANCELLED;
                default -> ReadinessFacts.BackfillStanding.GOES_ON;
            };
        }
    }
}
