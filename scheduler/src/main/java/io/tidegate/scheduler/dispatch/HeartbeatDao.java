package io.tidegate.scheduler.dispatch;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What a worker says and asks while its attempts run. */
interface HeartbeatDao {
    // A lease that is over is not revived: somebody may be about to declare it lost.
    @SqlQuery("""
            UPDATE attempt SET lease_until = :until
            WHERE id = ANY(:ids) AND state = 'RUNNING' AND lease_until > :now
            RETURNING id
            """)
    List<Long> extend(long[] ids, Instant until, Instant now);

    @SqlQuery("""
            SELECT a.id FROM attempt a JOIN instance i ON i.id = a.instance_id
            WHERE a.id = ANY(:ids) AND a.state = 'RUNNING' AND i.stop_asked_at IS NOT NULL
            """)
    List<Long> askedToStop(long[] ids);
}
