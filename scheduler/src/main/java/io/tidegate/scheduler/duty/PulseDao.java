package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** When the scheduler last looked, and what became due while it did not. */
@RegisterConstructorMapper(PulseDao.Due.class)
interface PulseDao {
    @SqlQuery("SELECT at FROM pulse")
    Optional<Instant> last();

    /** The first beat of all. */
    @SqlUpdate("INSERT INTO pulse (at) VALUES (:now) ON CONFLICT DO NOTHING")
    void begin(Instant now);

    @SqlQuery("SELECT at FROM pulse FOR UPDATE")
    Instant lock();

    @SqlUpdate("UPDATE pulse SET at = greatest(at, CAST(:now AS timestamptz))")
    void beat(Instant now);

    @SqlQuery("""
            SELECT i.node_id, v.document, w.catch_up, w.time_zone AS zone, d.planned_until, max(i.scheduled_time) AS latest
            FROM instance i
            JOIN deployed_node d ON d.environment = i.environment AND d.node_id = i.node_id
            JOIN node_version v ON v.id = d.node_version_id
            JOIN workspace w ON w.id = i.workspace_id
            WHERE i.environment = 'PROD' AND i.origin = 'CYCLE' AND i.state IN ('NOT_RUN', 'WAIT_TIME')
              AND i.attempts = 0 AND NOT i.dry_run AND i.scheduled_time > :since AND i.scheduled_time <= :now
            GROUP BY i.node_id, v.document, w.catch_up, w.time_zone, d.planned_until
            """)
    List<Due> due(Instant since, Instant now);

    /**
     * A node with instances that became due in a pause.
     *
     * @param latest the last of them
     */
    record Due(
            NodeId nodeId, NodeDocument document, CatchUp catchUp, ZoneId zone, Instant plannedUntil, Instant latest) {}
}
