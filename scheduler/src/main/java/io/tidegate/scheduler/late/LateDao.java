package io.tidegate.scheduler.late;

import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Relative;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The ledger and the copies that its rows are measured against. */
@RegisterConstructorMapper(Relative.class)
@RegisterConstructorMapper(LateDao.Earlier.class)
@RegisterConstructorMapper(LateDao.Reach.class)
@RegisterConstructorMapper(LateDao.OfPartition.class)
@RegisterConstructorMapper(LateDao.Found.class)
@RegisterConstructorMapper(LateDao.Missing.class)
interface LateDao {
    /**
     * Commits of other instances of the node that were about to be sent, and that no success has settled since: whether the
     * rows are in the table is not known yet.
     */
    String OPEN_COMMITS = """
            WITH open_commit AS (
                SELECT a.prepared -> 'receipt' AS receipt,
                       CAST(a.prepared #>> '{receipt,windowStart}' AS timestamptz) AS window_start,
                       CAST(a.prepared #>> '{receipt,windowEnd}' AS timestamptz) AS window_end
                FROM attempt a JOIN instance o ON o.id = a.instance_id
                JOIN instance i ON i.environment = o.environment AND i.node_id = o.node_id
                LEFT JOIN window_copy settled ON settled.instance_id = o.id
                WHERE i.id = :instance AND o.id <> i.id AND o.origin <> 'TEST'
                  AND a.prepared IS NOT NULL AND a.state <> 'SUCCEEDED' AND a.id > coalesce(settled.attempt_id, 0)
                  AND a.prepared #>> '{receipt,topic}' = :topic
                  AND (coalesce(a.prepared #>> '{receipt,topicId}', '') IN ('', :topicId) OR :topicId = '')
            )
            """;

    // ---- copies

    /** A test run is no copy of its window: a draft may write to another table than the node does. */
    @SqlUpdate("""
            INSERT INTO window_copy (instance_id, attempt_id, environment, node_id, topic, topic_id, window_start,
                                     window_end, copied_at, write_mode, read_up_to, included_from)
            SELECT i.id, :attempt, i.environment, i.node_id, :topic, :topicId, :start, :end, :now, :writeMode, :readUpTo,
                   :includedFrom
            FROM instance i WHERE i.id = :instance AND i.origin <> 'TEST'
            ON CONFLICT (instance_id) DO UPDATE
            SET attempt_id = excluded.attempt_id, topic = excluded.topic, topic_id = excluded.topic_id,
                window_start = excluded.window_start, window_end = excluded.window_end, copied_at = excluded.copied_at,
                write_mode = excluded.write_mode, read_up_to = excluded.read_up_to,
                included_from = excluded.included_from
            """)
    int keepCopy(
            InstanceId instance,
            AttemptId attempt,
            @BindMethods("") CopiedWindow copy,
            Instant now,
            @Json Map<Integer, Long> readUpTo,
            @Json @Nullable Map<Integer, Long> includedFrom);

    @SqlQuery("""
            SELECT c.window_end, c.read_up_to
            FROM window_copy c JOIN instance i ON i.environment = c.environment AND i.node_id = c.node_id
            WHERE i.id = :instance AND c.topic = :topic AND c.window_end <= :start
              AND (c.topic_id = :topicId OR c.topic_id = '' OR :topicId = '')
            ORDER BY c.window_end DESC, c.copied_at DESC, c.attempt_id DESC
            LIMIT 1
            """)
    Optional<Earlier> nearestEarlier(InstanceId instance, String topic, String topicId, Instant start);

    @SqlQuery("""
            SELECT partition, max(reach) AS reach FROM (
                SELECT r.partition, r.last_offset + 1 AS reach
                FROM late_record r JOIN instance i ON i.environment = r.environment AND i.node_id = r.node_id
                WHERE i.id = :instance AND r.topic = :topic AND r.policy <> 'INCLUDE'
                  AND (r.topic_id = :topicId OR r.topic_id = '' OR :topicId = '')
                  -- A row spans less than a minute.
                  AND r.min_timestamp > CAST(:start AS timestamptz) - interval '1 minute' AND r.min_timestamp < :end
                  AND r.max_timestamp >= :start
                UNION ALL
                SELECT CAST(p.key AS integer), CAST(p.value AS bigint)
                FROM (SELECT c.read_up_to
                      FROM window_copy c JOIN instance i ON i.environment = c.environment AND i.node_id = c.node_id
                      WHERE i.id = :instance AND c.topic = :topic AND c.window_start = :start AND c.window_end = :end
                        AND (c.topic_id = :topicId OR c.topic_id = '' OR :topicId = '')
                      ORDER BY c.copied_at DESC, c.attempt_id DESC
                      LIMIT 1) own,
                     jsonb_each_text(own.read_up_to) p) known
            GROUP BY partition
            """)
    List<Reach> reach(InstanceId instance, String topic, String topicId, Instant start, Instant end);

    /** By any of the windows behind: the one next to it may have included nothing, and the one after that all. */
    @SqlQuery(OPEN_COMMITS + """
            SELECT partition, min(reach) AS reach FROM (
                SELECT CAST(p.key AS integer) AS partition, CAST(p.value AS bigint) AS reach
                FROM (SELECT DISTINCT ON (c.window_start, c.window_end) c.included_from
                      FROM window_copy c JOIN instance i ON i.environment = c.environment AND i.node_id = c.node_id
                      WHERE i.id = :instance AND c.topic = :topic AND c.window_start >= :end
                        AND (c.topic_id = :topicId OR c.topic_id = '' OR :topicId = '')
                      ORDER BY c.window_start, c.window_end, c.copied_at DESC, c.attempt_id DESC) newest,
                     jsonb_each_text(newest.included_from) p
                UNION ALL
                SELECT CAST(p ->> 'partition' AS integer), CAST(p ->> 'lateFrom' AS bigint)
                FROM open_commit o, jsonb_array_elements(o.receipt -> 'partitions') p
                WHERE o.window_start >= :end AND o.receipt #>> '{late,policy}' = 'INCLUDE' AND p ->> 'lateFrom' IS NOT NULL
            ) taken
            GROUP BY partition
            """)
    List<Reach> takenFrom(InstanceId instance, String topic, String topicId, Instant end);

    @SqlQuery(OPEN_COMMITS + """
            SELECT partition, max(reach) AS reach FROM (
                SELECT CAST(p.key AS integer) AS partition, CAST(p.value AS bigint) AS reach
                FROM (SELECT DISTINCT ON (c.window_start, c.window_end) c.read_up_to
                      FROM window_copy c JOIN instance i ON i.environment = c.environment AND i.node_id = c.node_id
                      WHERE i.id = :instance AND c.topic = :topic AND c.window_end <= :start
                        AND (c.topic_id = :topicId OR c.topic_id = '' OR :topicId = '')
                      ORDER BY c.window_start, c.window_end, c.copied_at DESC, c.attempt_id DESC) newest,
                     jsonb_each_text(newest.read_up_to) p
                UNION ALL
                SELECT CAST(p ->> 'partition' AS integer), CAST(p ->> 'end' AS bigint)
                FROM open_commit o, jsonb_array_elements(o.receipt -> 'partitions') p
                WHERE o.window_end <= :start
            ) known
            GROUP BY partition
            """)
    List<Reach> readBefore(InstanceId instance, String topic, String topicId, Instant start);

    // ---- ledger

    /** Until the end of the transaction, so that two scans that overlap do not both add the same offset. */
    @SqlQuery("""
            SELECT n.id FROM node n JOIN instance i ON i.node_id = n.id
            WHERE i.id = :instance
            FOR NO KEY UPDATE OF n
            """)
    Optional<NodeId> lockNodeOf(InstanceId instance);

    /** Adds the offsets that are not there yet. Rows of the ledger never overlap: only the last one before may reach in. */
    @SqlUpdate("""
            INSERT INTO late_record (environment, workspace_id, node_id, topic, topic_id, partition, first_offset, last_offset,
                                     min_timestamp, max_timestamp, policy, found_by, found_in, found_at)
            SELECT i.environment, i.workspace_id, i.node_id, :topic, :topicId, f.partition, lower(fresh), upper(fresh) - 1,
                   timestamptz 'epoch' + f.min_millis * interval '1 millisecond',
                   timestamptz 'epoch' + f.max_millis * interval '1 millisecond',
                   :policy, i.id, :attempt, :now
            FROM instance i,
                 unnest(:partitions, :firsts, :lasts, :minMillis, :maxMillis)
                     AS f (partition, first_offset, last_offset, min_millis, max_millis),
                 unnest(
                     int8multirange(int8range(f.first_offset, f.last_offset + 1))
                     - (SELECT coalesce(range_agg(int8range(k.first_offset, k.last_offset + 1)), '{}')
                        FROM late_record k
                        WHERE k.environment = i.environment AND k.node_id = i.node_id AND k.topic = :topic
                          AND k.topic_id = :topicId AND k.partition = f.partition AND k.first_offset <= f.last_offset
                          AND k.first_offset >= coalesce(
                              (SELECT max(b.first_offset) FROM late_record b
                               WHERE b.environment = i.environment AND b.node_id = i.node_id AND b.topic = :topic
                                 AND b.topic_id = :topicId AND b.partition = f.partition
                                 AND b.first_offset <= f.first_offset),
                              f.first_offset))) AS fresh
            WHERE i.id = :instance
            """)
    int add(
            InstanceId instance,
            AttemptId attempt,
            String topic,
            String topicId,
            LatePolicy policy,
            Instant now,
            long[] partitions,
            long[] firsts,
            long[] lasts,
            long[] minMillis,
            long[] maxMillis);

    @SqlUpdate("UPDATE attempt SET prepared = prepared - 'late' WHERE id = :attempt AND prepared IS NOT NULL")
    void dropPreparedLate(AttemptId attempt);

    // ---- what is seen

    /** What the newest copy of an instance's window has, by Kafka partition; nothing when it was never copied. */
    @SqlQuery("""
            WITH newest AS (
                SELECT c.* FROM window_copy mine
                JOIN window_copy c ON c.environment = mine.environment AND c.node_id = mine.node_id
                 AND c.topic = mine.topic AND c.window_start = mine.window_start AND c.window_end = mine.window_end
                WHERE mine.instance_id = :instance
                ORDER BY c.copied_at DESC, c.attempt_id DESC
                LIMIT 1
            ), late AS (
                SELECT r.partition, r.first_offset, r.last_offset, r.policy, r.found_at, n.write_mode,
                       coalesce(CAST(n.read_up_to ->> CAST(r.partition AS text) AS bigint), 0) AS read_up_to
                FROM newest n
                JOIN late_record r ON r.environment = n.environment AND r.node_id = n.node_id AND r.topic = n.topic
                 AND r.min_timestamp >= n.window_start AND r.min_timestamp < n.window_end
                WHERE r.topic_id = n.topic_id OR r.topic_id = '' OR n.topic_id = ''
            )
            SELECT partition, write_mode,
                   coalesce(sum(last_offset - first_offset + 1) FILTER (WHERE policy = 'INCLUDE'), 0) AS included,
                   coalesce(sum(last_offset - first_offset + 1) FILTER (WHERE policy <> 'INCLUDE'), 0)
                   - coalesce(sum(last_offset - greatest(first_offset, read_up_to) + 1)
                              FILTER (WHERE policy <> 'INCLUDE' AND last_offset >= read_up_to), 0) AS repaired,
                   coalesce(sum(last_offset - greatest(first_offset, read_up_to) + 1)
                            FILTER (WHERE policy <> 'INCLUDE' AND last_offset >= read_up_to), 0) AS missing,
                   min(greatest(first_offset, read_up_to))
                       FILTER (WHERE policy <> 'INCLUDE' AND last_offset >= read_up_to) AS first_missing,
                   max(last_offset) FILTER (WHERE policy <> 'INCLUDE' AND last_offset >= read_up_to) AS last_missing,
                   min(found_at) FILTER (WHERE policy <> 'INCLUDE' AND last_offset >= read_up_to) AS since
            FROM late
            GROUP BY partition, write_mode
            ORDER BY partition
            """)
    List<OfPartition> ofWindow(InstanceId instance);

    @SqlQuery("""
            SELECT f.id, n.name AS node_name, f.scheduled_local, f.state, false AS previous
            FROM (SELECT DISTINCT l.found_by FROM window_copy mine
                  JOIN late_record_listing l ON l.environment = mine.environment AND l.node_id = mine.node_id
                   AND l.topic = mine.topic AND l.min_timestamp >= mine.window_start
                   AND l.min_timestamp < mine.window_end
                  WHERE mine.instance_id = :instance AND l.state = 'MISSING') found
            JOIN instance f ON f.id = found.found_by JOIN node n ON n.id = f.node_id
            ORDER BY f.scheduled_time, f.id
            LIMIT :limit
            """)
    List<Relative> finders(InstanceId instance, int limit);

    @SqlQuery("""
            SELECT mine.instance_id, sum(l.missing) AS records
            FROM window_copy mine
            JOIN late_record_listing l ON l.environment = mine.environment AND l.node_id = mine.node_id
             AND l.topic = mine.topic AND l.min_timestamp >= mine.window_start AND l.min_timestamp < mine.window_end
            WHERE mine.instance_id = ANY(:instances) AND l.state = 'MISSING'
            GROUP BY mine.instance_id
            """)
    List<Missing> missingAmong(long[] instances);

    // ---- repair

    @SqlQuery("""
            SELECT l.id, l.instance_id, l.partition, l.first_offset, l.last_offset, l.missing, l.found_by
            FROM late_record_listing l JOIN instance i ON i.id = l.instance_id
            WHERE l.policy = 'REPAIR' AND l.repair_asked_at IS NULL AND l.state = 'MISSING'
              AND l.write_mode = 'OVERWRITE' AND i.state = 'SUCCESS' AND NOT i.frozen AND l.found_at > :notBefore
            ORDER BY l.instance_id, l.id
            LIMIT :limit
            """)
    List<Found> toRepair(Instant notBefore, int limit);

    @SqlUpdate("UPDATE late_record SET repair_asked_at = :now WHERE id = ANY(:ids) AND repair_asked_at IS NULL")
    int markAsked(long[] ids, Instant now);

    /** A window that a copy has read. */
    record CopiedWindow(String topic, String topicId, Instant start, Instant end, WriteMode writeMode) {}

    /** The newest copy of the nearest earlier window. */
    record Earlier(Instant windowEnd, @Json Map<Integer, Long> readUpTo) {}

    /** An offset of a Kafka partition. */
    record Reach(int partition, long reach) {}

    /** The late records of a window in one Kafka partition. */
    record OfPartition(
            int partition,
            WriteMode writeMode,
            long included,
            long repaired,
            long missing,
            @Nullable Long firstMissing,
            @Nullable Long lastMissing,
            @Nullable Instant since) {}

    /** A row whose window is to be run again. */
    record Found(
            long id,
            InstanceId instanceId,
            int partition,
            long firstOffset,
            long lastOffset,
            long missing,
            @Nullable InstanceId foundBy) {}

    /** How many records an instance's window lacks. */
    record Missing(InstanceId instanceId, long records) {}
}
