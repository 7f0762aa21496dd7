package io.tidegate.scheduler.retention;

import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Policies, and what has expired under them. */
@RegisterConstructorMapper(RetentionPolicy.class)
@RegisterConstructorMapper(RetentionDao.Keeping.class)
@RegisterConstructorMapper(RetentionDao.Expired.class)
@RegisterConstructorMapper(RetentionDao.Kept.class)
@RegisterConstructorMapper(RetentionDao.OfInstance.class)
interface RetentionDao {
    @SqlQuery("""
            SELECT retain_instances_days AS instance_days, retain_logs_days AS log_days,
                   retain_dirty_records_days AS dirty_record_days
            FROM workspace WHERE id = :id
            """)
    Optional<RetentionPolicy> policy(WorkspaceId id);

    @SqlUpdate("""
            UPDATE workspace
            SET retain_instances_days = :instanceDays, retain_logs_days = :logDays,
                retain_dirty_records_days = :dirtyRecordDays
            WHERE id = :id
            """)
    int change(WorkspaceId id, @BindMethods RetentionPolicy policy);

    @SqlQuery("""
            SELECT id, name, retain_instances_days AS instance_days, retain_logs_days AS log_days,
                   retain_dirty_records_days AS dirty_record_days
            FROM workspace ORDER BY id
            """)
    List<Keeping> all();

    // Oldest first, from instance_page_state. What must stay is looked at again with the next tick; it is little.
    @SqlQuery("""
            SELECT i.id, i.scheduled_time FROM instance i
            WHERE i.workspace_id = :workspace AND i.environment = :environment AND i.state = :state
              AND i.scheduled_time < :before AND (i.scheduled_time, i.id) > (:afterTime, :afterId)
            ORDER BY i.scheduled_time, i.id
            LIMIT :limit
            """)
    List<Expired> instances(
            WorkspaceId workspace,
            String environment,
            String state,
            Instant before,
            Instant afterTime,
            long afterId,
            int limit);

    // Locked and looked at again: a rerun that comes between finds its instance gone, or keeps it.
    // Stays: what ended lately; what somebody waits for, below it or in its backfill; and the newest copy before the
    // bound of each topic: the window after it asks how far that one has read.
    @SqlUpdate("""
            WITH gone AS (
                SELECT i.id FROM instance i
                WHERE i.id = ANY(:ids) AND i.state IN ('SUCCESS', 'FAILED') AND coalesce(i.finished_at, i.created_at) < :before
                  AND NOT EXISTS (
                      SELECT 1 FROM instance_dependency d JOIN instance c ON c.id = d.child_id
                      WHERE d.parent_id = i.id AND c.state NOT IN ('SUCCESS', 'FAILED'))
                  AND NOT EXISTS (SELECT 1 FROM pending_opening o WHERE o.parent_id = i.id)
                  AND NOT EXISTS (
                      SELECT 1 FROM attempt p
                      WHERE p.instance_id = i.id AND p.prepared IS NOT NULL AND p.state <> 'SUCCEEDED'
                        AND NOT EXISTS (SELECT 1 FROM attempt s
                                        WHERE s.instance_id = i.id AND s.number >= p.number AND s.state = 'SUCCEEDED'))
                  AND NOT (i.origin = 'BACKFILL' AND i.origin_key IN (
                      SELECT o.origin_key FROM instance o
                      WHERE o.origin = 'BACKFILL'
                        AND o.origin_key IN (SELECT origin_key FROM instance WHERE id = ANY(:ids) AND origin = 'BACKFILL')
                        AND o.state NOT IN ('SUCCESS', 'FAILED')))
                  AND NOT EXISTS (
                      SELECT 1 FROM window_copy c
                      WHERE c.instance_id = i.id AND NOT EXISTS (
                          SELECT 1 FROM window_copy n
                          WHERE n.environment = c.environment AND n.node_id = c.node_id AND n.topic = c.topic
                            AND n.topic_id = c.topic_id AND n.window_end <= :before
                            AND (n.window_end, n.copied_at, n.attempt_id) > (c.window_end, c.copied_at, c.attempt_id)))
                ORDER BY i.id
                FOR UPDATE OF i SKIP LOCKED
            )
            DELETE FROM instance WHERE id IN (SELECT id FROM gone)
            """)
    int deleteInstances(long[] ids, Instant before);

    /** Those whose window is gone. */
    @SqlUpdate("""
            DELETE FROM late_record WHERE id IN (
                SELECT l.id FROM late_record_listing l
                WHERE l.workspace_id = :workspace AND l.instance_id IS NULL
                  AND l.max_timestamp < :before AND l.found_at < :before
                ORDER BY l.found_at
                LIMIT :limit)
            """)
    int deleteLateRecords(WorkspaceId workspace, Instant before, int limit);

    /** With what is known of their messages, unless one of these is still to be sent. */
    @SqlUpdate("""
            DELETE FROM alert WHERE id IN (
                SELECT a.id FROM alert a
                WHERE a.workspace_id = :workspace AND a.raised_at < :before
                  AND NOT EXISTS (
                      SELECT 1 FROM alert_delivery_alert l JOIN alert_delivery d ON d.id = l.delivery_id
                      WHERE l.alert_id = a.id AND d.state = 'WAITING')
                ORDER BY a.raised_at
                LIMIT :limit)
            """)
    int deleteAlerts(WorkspaceId workspace, Instant before, int limit);

    /** Those that tell of no alert any more. */
    @SqlUpdate("""
            DELETE FROM alert_delivery WHERE id IN (
                SELECT d.id FROM alert_delivery d
                WHERE d.workspace_id = :workspace AND d.state <> 'WAITING' AND d.created_at < :before
                  AND NOT EXISTS (SELECT 1 FROM alert_delivery_alert l WHERE l.delivery_id = d.id)
                ORDER BY d.created_at
                LIMIT :limit)
            """)
    int deleteDeliveries(WorkspaceId workspace, Instant before, int limit);

    // Attempts are numbered as they begin: of those that have a log the smallest numbers are the oldest.
    @SqlQuery("""
            SELECT a.id, i.workspace_id AS workspace, a.started_at,
                   a.state <> 'RUNNING' AND coalesce(a.finished_at, a.started_at)
                       < CAST(:now AS timestamptz) - make_interval(days => w.retain_logs_days) AS expired
            FROM (SELECT DISTINCT attempt_id FROM attempt_log WHERE attempt_id > :after ORDER BY attempt_id LIMIT :limit) l
            JOIN attempt a ON a.id = l.attempt_id JOIN instance i ON i.id = a.instance_id
            JOIN workspace w ON w.id = i.workspace_id
            ORDER BY a.id
            """)
    List<Kept> withLogs(long after, Instant now, int limit);

    @SqlUpdate("DELETE FROM attempt_log WHERE attempt_id = ANY(:attempts)")
    int deleteLogs(long[] attempts);

    @SqlQuery("""
            SELECT a.id, i.workspace_id AS workspace, a.started_at,
                   a.state <> 'RUNNING' AND coalesce(a.finished_at, a.started_at)
                       < CAST(:now AS timestamptz) - make_interval(days => w.retain_dirty_records_days) AS expired
            FROM (SELECT DISTINCT attempt_id FROM attempt_dirty_record WHERE attempt_id > :after
                  ORDER BY attempt_id LIMIT :limit) l
            JOIN attempt a ON a.id = l.attempt_id JOIN instance i ON i.id = a.instance_id
            JOIN workspace w ON w.id = i.workspace_id
            ORDER BY a.id
            """)
    List<Kept> withDirtyRecords(long after, Instant now, int limit);

    @SqlUpdate("DELETE FROM attempt_dirty_record WHERE attempt_id = ANY(:attempts)")
    int deleteDirtyRecords(long[] attempts);

    @SqlQuery("""
            SELECT i.id, w.retain_dirty_records_days AS dirty_record_days
            FROM instance i JOIN workspace w ON w.id = i.workspace_id
            WHERE i.id = ANY(:ids)
            """)
    List<OfInstance> dirtyRecordDays(long[] ids);

    /** A workspace and what it keeps. */
    record Keeping(WorkspaceId id, String name, int instanceDays, int logDays, int dirtyRecordDays) {}

    /** An instance that is old enough. */
    record Expired(long id, Instant scheduledTime) {}

    /** An attempt with something that may have expired. */
    record Kept(long id, WorkspaceId workspace, Instant startedAt, boolean expired) {}

    record OfInstance(long id, int dirtyRecordDays) {}
}
