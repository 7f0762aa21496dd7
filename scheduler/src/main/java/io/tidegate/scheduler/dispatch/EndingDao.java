package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.receipt.Receipt;
import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.SeenInstance;
import io.tidegate.scheduler.node.RerunProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** How attempts end. */
@RegisterConstructorMapper(EndingDao.Running.class)
@RegisterConstructorMapper(AttemptRef.class)
@RegisterConstructorMapper(SeenInstance.class)
interface EndingDao {
    @SqlQuery("""
            SELECT i.id, i.state, i.state_version AS version, i.auto_reruns_left, i.lost_attempts, i.stop_asked_by,
                   v.document #>> '{rerun,property}' AS rerun_property,
                   CAST(v.document #>> '{rerun,intervalMinutes}' AS integer) AS interval_minutes
            FROM instance i JOIN node_version v ON v.id = i.node_version_id
            WHERE i.id = :id
            FOR UPDATE OF i
            """)
    Optional<Running> lock(InstanceId id);

    @SqlUpdate("""
            UPDATE attempt
            SET state = :state, finished_at = :now, message = :message, failure_kind = :failureKind
            WHERE id = :id AND epoch = :epoch AND state = 'RUNNING'
            """)
    int end(
            AttemptId id,
            long epoch,
            AttemptState state,
            Instant now,
            @Nullable String message,
            @Nullable String failureKind);

    // Locks the instances first, as everywhere. Waits for locks for less than PostgreSQL takes to look for a deadlock:
    // two who
    // hold locks and wait for each other's would deadlock, one alone cannot.
    /** @return those whose attempts ran until now, as they were */
    @SqlQuery("""
            WITH wanted AS (
                SELECT * FROM unnest(:instances, :attempts, :epochs) AS e (instance, attempt, epoch)
            ), locked AS MATERIALIZED (
                SELECT i.id, i.state, i.state_version AS version
                FROM (SELECT set_config('lock_timeout', '200ms', true) AS set) AS patience, instance i
                WHERE i.id = ANY(:instances)
                ORDER BY i.id
                FOR UPDATE OF i
            ), ended AS (
                UPDATE attempt a SET state = 'SUCCEEDED', finished_at = :now
                FROM wanted w JOIN locked l ON l.id = w.instance
                WHERE a.id = w.attempt AND a.epoch = w.epoch AND a.state = 'RUNNING'
                RETURNING a.instance_id
            )
            SELECT l.* FROM locked l JOIN ended e ON e.instance_id = l.id ORDER BY l.id
            """)
    List<SeenInstance> endAll(long[] instances, long[] attempts, long[] epochs, Instant now);

    @SqlUpdate("""
            UPDATE attempt
            SET receipt = :receipt, records_read = :read, records_written = :written, records_filtered = :filtered,
                records_dirty = :dirty
            WHERE id = :id
            """)
    void keepReceipt(AttemptId id, @Json Receipt receipt, long read, long written, long filtered, long dirty);

    @SqlUpdate("""
            UPDATE instance SET eligible_at = :at, auto_reruns_left = auto_reruns_left - :autoReruns,
                                lost_attempts = lost_attempts + :lost
            WHERE id = :id
            """)
    void tryAgainAt(InstanceId id, Instant at, int autoReruns, int lost);

    @SqlQuery("""
            SELECT a.id, a.instance_id, a.number, a.epoch
            FROM attempt a JOIN instance i ON i.id = a.instance_id
            WHERE a.state = 'RUNNING' AND a.lease_until <= :now
            ORDER BY a.lease_until
            LIMIT :limit
            """)
    List<AttemptRef> withLeaseOver(Instant now, int limit);

    @SqlQuery("SELECT lease_until <= :now FROM attempt WHERE id = :id AND state = 'RUNNING' FOR UPDATE")
    Optional<Boolean> lockAndSeeWhetherLeaseIsOver(AttemptId id, Instant now);

    /** An instance whose attempt ends, and what its node allows. */
    record Running(
            InstanceId id,
            InstanceState state,
            long version,
            int autoRerunsLeft,
            int lostAttempts,
            @Nullable String stopAskedBy,
            RerunProperty rerunProperty,
            int intervalMinutes) {
        SeenInstance seen() {
            return new SeenInstance(id, state, version);
        }
    }
}
