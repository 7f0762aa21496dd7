package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.SeenInstance;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** How a backfill moves. Every write of its state is made under its row's lock. */
@RegisterConstructorMapper(BackfillProgressDao.Locked.class)
@RegisterConstructorMapper(BackfillProgressDao.InHand.class)
@RegisterConstructorMapper(SeenInstance.class)
interface BackfillProgressDao {
    @SqlQuery("SELECT id FROM backfill WHERE NOT settled AND id > :after ORDER BY id LIMIT :limit")
    List<BackfillId> unsettled(long after, int limit);

    String LOCKED = """
            SELECT id, workspace_id, state, state_version AS version, groups, on_failure, state_by, state_reason,
                   stop_asked_by, stop_asked_at,
                   (SELECT count(*) FROM backfill_date d WHERE d.backfill_id = b.id AND d.begun_at IS NULL) AS to_come
            FROM backfill b WHERE id = :id
            """;

    @SqlQuery(LOCKED + "FOR UPDATE OF b")
    Optional<Locked> lock(BackfillId id);

    /** Empty while another one has it in hand: one look at a time is enough. */
    @SqlQuery(LOCKED + "AND NOT settled FOR UPDATE OF b SKIP LOCKED")
    Optional<Locked> lockIfFree(BackfillId id);

    /** Nobody changes the state until the transaction ends; others may share it. */
    @SqlQuery(LOCKED + "FOR SHARE OF b")
    Optional<Locked> share(BackfillId id);

    // A date can go on while anything of it waits, runs, or has no unfinished parent: what is left waits for a failure.
    @SqlQuery("""
            SELECT d.business_date AS date, count(*) FILTER (WHERE i.state = 'FAILED') AS failed,
                   coalesce(bool_or(
                       i.state IN ('WAIT_TIME', 'WAIT_RESOURCE', 'RUNNING')
                       OR (i.state = 'NOT_RUN' AND NOT EXISTS (
                           SELECT 1 FROM instance_dependency e JOIN instance p ON p.id = e.parent_id
                           WHERE e.child_id = i.id AND p.state <> 'SUCCESS'))), false) AS can_go_on
            FROM backfill_date d
            LEFT JOIN instance i ON i.origin = 'BACKFILL' AND i.origin_key = CAST(d.backfill_id AS text)
                                AND i.business_date = d.business_date
            WHERE d.backfill_id = :id AND d.begun_at IS NOT NULL AND d.over_at IS NULL
            GROUP BY d.business_date, d.position
            ORDER BY d.position
            """)
    List<InHand> inHand(BackfillId id);

    @SqlUpdate("""
            UPDATE backfill_date SET over_at = :now
            WHERE backfill_id = :id AND business_date = ANY(CAST(:dates AS date[])) AND over_at IS NULL
            """)
    void end(BackfillId id, Collection<String> dates, Instant now);

    @SqlQuery("""
            UPDATE backfill_date SET begun_at = :now
            WHERE backfill_id = :id AND business_date IN (
                SELECT business_date FROM backfill_date WHERE backfill_id = :id AND begun_at IS NULL
                ORDER BY position LIMIT :count)
            RETURNING business_date
            """)
    List<LocalDate> begin(BackfillId id, int count, Instant now);

    @SqlUpdate("""
            UPDATE backfill
            SET state = :to, state_version = state_version + 1, state_by = :by, state_at = :now, state_reason = :reason,
                on_failure = :onFailure, settled = :settled
            WHERE id = :id AND state_version = :version
            """)
    int move(
            BackfillId id,
            long version,
            BackfillState to,
            String by,
            Instant now,
            String reason,
            OnFailure onFailure,
            boolean settled);

    @SqlUpdate("UPDATE backfill SET stop_asked_by = :by, stop_asked_at = :now WHERE id = :id")
    void askToStop(BackfillId id, UserId by, Instant now);

    /** Held ones that need not be any more. Those in somebody's hand come with the next look. */
    @SqlQuery("""
            SELECT i.id, i.state, i.state_version AS version
            FROM instance i JOIN backfill_date d ON d.backfill_id = :id AND d.business_date = i.business_date
            WHERE i.origin = 'BACKFILL' AND i.origin_key = CAST(:id AS text) AND i.held
              AND i.state NOT IN ('SUCCESS', 'FAILED') AND d.begun_at IS NOT NULL AND (NOT :onlyBegun OR i.attempts > 0)
            ORDER BY i.id LIMIT :limit
            FOR UPDATE OF i SKIP LOCKED
            """)
    List<SeenInstance> toRelease(BackfillId id, boolean onlyBegun, int limit);

    /** Free ones that must not be. One that a user has rerun is that user's and no longer the backfill's. */
    @SqlQuery("""
            SELECT i.id, i.state, i.state_version AS version
            FROM instance i
            WHERE i.origin = 'BACKFILL' AND i.origin_key = CAST(:id AS text) AND NOT i.held
              AND i.state NOT IN ('SUCCESS', 'FAILED') AND i.generation = 1 AND (NOT :onlyUnbegun OR i.attempts = 0)
            ORDER BY i.id LIMIT :limit
            FOR UPDATE OF i SKIP LOCKED
            """)
    List<SeenInstance> toHold(BackfillId id, boolean onlyUnbegun, int limit);

    @SqlUpdate("""
            UPDATE instance i SET held = :held
            FROM unnest(:ids, :versions) AS s (id, version)
            WHERE i.id = s.id AND i.state_version = s.version
            """)
    int setHeld(long[] ids, long[] versions, boolean held);

    /** What has begun and is not over. */
    @SqlQuery("""
            SELECT id FROM instance
            WHERE origin = 'BACKFILL' AND origin_key = CAST(:id AS text) AND attempts > 0 AND (:rerunToo OR generation = 1)
              AND ((state = 'RUNNING' AND stop_asked_at IS NULL AND started_at <= :asked)
                   OR state IN ('WAIT_TIME', 'WAIT_RESOURCE'))
            ORDER BY id LIMIT :limit
            """)
    List<InstanceId> toStop(BackfillId id, Instant asked, boolean rerunToo, int limit);

    @SqlUpdate("""
            UPDATE backfill b SET settled = true
            WHERE id = :id AND state = 'CANCELLED' AND NOT EXISTS (
                SELECT 1 FROM instance i
                WHERE i.origin = 'BACKFILL' AND i.origin_key = CAST(:id AS text) AND i.generation = 1
                  AND i.state NOT IN ('SUCCESS', 'FAILED') AND NOT (i.held AND i.attempts = 0))
            """)
    void settleIfStill(BackfillId id);

    /** A backfill in hand. */
    record Locked(
            BackfillId id,
            WorkspaceId workspaceId,
            BackfillState state,
            long version,
            int groups,
            OnFailure onFailure,
            @Nullable String stateBy,
            String stateReason,
            @Nullable UserId stopAskedBy,
            @Nullable Instant stopAskedAt,
            int toCome) {}

    record InHand(LocalDate date, int failed, boolean canGoOn) {
        BackfillSteps.DateInHand fact() {
            return new BackfillSteps.DateInHand(date, failed, canGoOn);
        }
    }

    /** The state of an instance stays beside its id and version. */
    static List<SeenInstance> in(InstanceState state, List<SeenInstance> all) {
        return all.stream().filter(seen -> seen.state() == state).toList();
    }
}
