package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceColumns;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Who has the slots of a resource group, and who waits for them as {@link ClaimDao} takes them. */
@RegisterConstructorMapper(SlotUse.class)
@RegisterConstructorMapper(Instance.class)
@RegisterConstructorMapper(SlotQueueDao.Lease.class)
interface SlotQueueDao {
    @SqlQuery("""
            SELECT g.id AS "group",
                   (SELECT count(*) FROM instance i WHERE i.resource_group_id = g.id AND i.state = 'RUNNING') AS running,
                   q.waiting, q.frozen, w.workers, w.workers_free
            FROM resource_group g
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE NOT i.frozen AND NOT i.dry_run) AS waiting,
                       count(*) FILTER (WHERE i.frozen) AS frozen
                FROM instance i
                WHERE i.resource_group_id = g.id AND i.state = 'WAIT_RESOURCE'
            ) q
            CROSS JOIN LATERAL (
                SELECT count(*) AS workers,
                       coalesce(sum(greatest(0, w.slots - (SELECT count(*) FROM attempt a
                                                           WHERE a.state = 'RUNNING' AND a.worker = w.name))), 0)
                           AS workers_free
                FROM worker w
                WHERE w.alive_until > :now AND NOT w.draining
                  AND (cardinality(w.resource_groups) = 0 OR g.name = ANY(w.resource_groups))
            ) w
            WHERE g.id = ANY(:groups)
            """)
    List<SlotUse> use(long[] groups, Instant now);

    @SqlQuery("SELECT " + InstanceColumns.NAMED + """
            FROM (
                SELECT * FROM instance
                WHERE resource_group_id = :group AND state = 'WAIT_RESOURCE' AND NOT frozen AND NOT dry_run
                  AND priority <= :priority AND (priority < :priority OR (scheduled_time, id) > (:time, :id))
                ORDER BY priority DESC, scheduled_time, id
                LIMIT :limit) i
            """ + InstanceColumns.NAMES
            + "ORDER BY i.priority DESC, i.scheduled_time, i.id")
    List<Instance> waitingAfter(ResourceGroupId group, int priority, Instant time, long id, int limit);

    @SqlQuery("""
            SELECT count(*) FROM instance i
            WHERE i.resource_group_id = :group AND i.state = 'WAIT_RESOURCE' AND NOT i.frozen AND NOT i.dry_run
              AND i.priority >= :priority
              AND (i.priority > :priority OR (i.scheduled_time, i.id) <= (:time, :id))
            """)
    int waitingUpTo(ResourceGroupId group, int priority, Instant time, long id);

    @SqlQuery("SELECT " + InstanceColumns.NAMED + """
            FROM (
                SELECT * FROM instance
                WHERE resource_group_id = :group AND state = 'RUNNING' AND id > :after
                ORDER BY id
                LIMIT :limit) i
            """ + InstanceColumns.NAMES + "ORDER BY i.id")
    List<Instance> runningAfter(ResourceGroupId group, long after, int limit);

    @SqlQuery("""
            SELECT instance_id, worker, started_at, lease_until FROM attempt
            WHERE instance_id = ANY(:ids) AND state = 'RUNNING'
            """)
    List<Lease> leases(long[] ids);

    record Lease(InstanceId instanceId, String worker, Instant startedAt, Instant leaseUntil) {}
}
