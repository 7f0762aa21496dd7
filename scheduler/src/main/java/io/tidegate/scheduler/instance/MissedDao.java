package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Instances that a catch-up policy lets pass. */
@RegisterConstructorMapper(MissedDao.NotBegun.class)
interface MissedDao {
    @SqlQuery("""
            SELECT id, scheduled_time FROM instance
            WHERE environment = 'PROD' AND node_id = :node AND origin = 'CYCLE' AND state IN ('NOT_RUN', 'WAIT_TIME')
              AND attempts = 0 AND NOT dry_run AND NOT frozen AND scheduled_time > :since AND scheduled_time <= :until
            ORDER BY id
            FOR UPDATE
            """)
    List<NotBegun> lockNotBegun(NodeId node, Instant since, Instant until);

    /** The state stays as it is, and the state version rises: whoever saw the instance before looks again. */
    @SqlUpdate("""
            WITH passed AS (
                UPDATE instance SET dry_run = true, dry_run_reason = 'MISSED', state_version = state_version + 1
                WHERE id = ANY(:ids)
                RETURNING id, state, epoch
            )
            INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail)
            SELECT id, CAST(:now AS timestamptz), state, state, 'Missed', :actor, epoch, :detail FROM passed ORDER BY id
            """)
    void letPass(long[] ids, Instant now, String actor, String detail);

    /** An instance that has had no attempt. */
    record NotBegun(InstanceId id, Instant scheduledTime) {}
}
