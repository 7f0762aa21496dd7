package io.tidegate.scheduler.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What workers say of themselves. */
@RegisterConstructorMapper(WorkerReport.class)
interface WorkerDao {
    // Also the first report: a row that was swept away meanwhile, as while the program was stopped, comes back.
    @SqlUpdate("""
            INSERT INTO worker (id, name, host, version, slots, resource_groups, running, draining, started_at,
                                heartbeat_at, alive_until)
            VALUES (:id, :name, :host, :version, :slots, :groups, :running, :draining, :startedAt, :now, :aliveUntil)
            ON CONFLICT (id) DO UPDATE
            SET running = excluded.running, draining = excluded.draining, heartbeat_at = excluded.heartbeat_at,
                alive_until = excluded.alive_until
            """)
    void report(
            UUID id,
            String name,
            String host,
            String version,
            int slots,
            String[] groups,
            int running,
            boolean draining,
            Instant startedAt,
            Instant now,
            Instant aliveUntil);

    @SqlUpdate("DELETE FROM worker WHERE id = :id")
    void leave(UUID id);

    @SqlUpdate("DELETE FROM worker WHERE alive_until < :before")
    void forgetThoseSilentSince(Instant before);

    @SqlQuery("""
            SELECT id, name, host, version, slots, resource_groups, running, draining, started_at, heartbeat_at,
                   alive_until
            FROM worker
            ORDER BY name, started_at, id
            LIMIT :limit
            """)
    List<WorkerReport> all(int limit);
}
