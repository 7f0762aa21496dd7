package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Backfills: made, and read with what their instances say. */
@RegisterConstructorMapper(BackfillDao.Row.class)
@RegisterConstructorMapper(BackfillDao.Known.class)
@RegisterConstructorMapper(BackfillDao.StandingCount.class)
@RegisterConstructorMapper(BackfillDao.NamedNode.class)
@RegisterConstructorMapper(BackfillDao.DateRow.class)
@RegisterConstructorMapper(BackfillDao.DateCount.class)
interface BackfillDao {
    @SqlQuery("SELECT name FROM user_account WHERE id = :id")
    Optional<String> userName(UserId id);

    @SqlQuery("SELECT id, request FROM backfill WHERE workspace_id = :workspace AND request_id = :requestId")
    Optional<Known> byRequest(WorkspaceId workspace, String requestId);

    // Of two that send the same request id at once, the second waits for the first and is then told of it.
    @SqlQuery("""
            INSERT INTO backfill (workspace_id, name, node_ids, from_local, to_local, zone, created_by, created_at, request,
                                  request_id, groups, descending, on_failure, state, settled)
            VALUES (:workspace, :name, :nodes, :from, :to, :zone, :by, :now, :request, :requestId, :groups, :descending,
                    :onFailure, :state, false)
            ON CONFLICT (workspace_id, request_id) DO NOTHING
            RETURNING id
            """)
    Optional<BackfillId> insert(
            WorkspaceId workspace,
            String name,
            long[] nodes,
            LocalDateTime from,
            LocalDateTime to,
            String zone,
            String by,
            Instant now,
            @Json NewBackfill request,
            @Nullable String requestId,
            int groups,
            boolean descending,
            OnFailure onFailure,
            BackfillState state);

    @SqlUpdate("""
            INSERT INTO backfill_date (backfill_id, business_date, position)
            SELECT :id, CAST(d.date AS date), d.position FROM unnest(:dates) WITH ORDINALITY AS d (date, position)
            """)
    void insertDates(BackfillId id, Collection<String> dates);

    String ROWS = """
            SELECT b.id, b.workspace_id, w.name AS workspace, b.name, b.from_local, b.to_local, b.zone, b.created_by,
                   b.created_at, b.request, b.groups, b.descending, b.on_failure, b.state, b.state_by, b.state_at,
                   b.state_reason, d.dates, d.begun, d.over
            FROM backfill b JOIN workspace w ON w.id = b.workspace_id
            CROSS JOIN LATERAL (
                SELECT count(*) AS dates, count(begun_at) AS begun, count(over_at) AS over
                FROM backfill_date WHERE backfill_id = b.id) d
            """;

    @SqlQuery(ROWS + "WHERE b.id = :id")
    Optional<Row> find(BackfillId id);

    @SqlQuery(ROWS + """
            WHERE b.workspace_id = :workspace AND (CAST(:before AS bigint) IS NULL OR b.id < CAST(:before AS bigint))
            ORDER BY b.id DESC
            LIMIT :limit
            """)
    List<Row> page(WorkspaceId workspace, @Nullable Long before, int limit);

    @SqlQuery("""
            SELECT b.id AS backfill, n.id, n.name FROM backfill b JOIN node n ON n.id = ANY(b.node_ids)
            WHERE b.id = ANY(:ids) ORDER BY b.id, n.name
            """)
    List<NamedNode> nodes(long[] ids);

    /** How many instances stand where; each instance once. */
    @SqlQuery("""
            SELECT b.id AS backfill, i.state, i.held AND d.begun_at IS NULL AND b.state <> 'CANCELLED' AS not_submitted,
                   i.held AND b.state = 'CANCELLED' AS cancelled, count(*) AS count
            FROM backfill b
            JOIN instance i ON i.origin = 'BACKFILL' AND i.origin_key = CAST(b.id AS text)
            LEFT JOIN backfill_date d ON d.backfill_id = b.id AND d.business_date = i.business_date
            WHERE b.id = ANY(:ids)
            GROUP BY 1, 2, 3, 4
            """)
    List<StandingCount> counts(long[] ids);

    @SqlQuery("""
            SELECT business_date, position, begun_at, over_at FROM backfill_date
            WHERE backfill_id = :id AND position > :after
            ORDER BY position
            LIMIT :limit
            """)
    List<DateRow> dates(BackfillId id, int after, int limit);

    @SqlQuery("""
            SELECT i.business_date, i.state, count(*) AS count
            FROM instance i JOIN backfill_date d ON d.backfill_id = :id AND d.business_date = i.business_date
            WHERE i.origin = 'BACKFILL' AND i.origin_key = CAST(:id AS text)
              AND d.position > :after AND d.position <= :upTo
            GROUP BY 1, 2
            """)
    List<DateCount> dateCounts(BackfillId id, int after, int upTo);

    /** A backfill that a request has made. */
    record Known(BackfillId id, @Json NewBackfill request) {}

    record Row(
            BackfillId id,
            WorkspaceId workspaceId,
            String workspace,
            String name,
            LocalDateTime fromLocal,
            LocalDateTime toLocal,
            ZoneId zone,
            String createdBy,
            Instant createdAt,
            @Nullable @Json NewBackfill request,
            int groups,
            boolean descending,
            OnFailure onFailure,
            BackfillState state,
            @Nullable String stateBy,
            @Nullable Instant stateAt,
            String stateReason,
            int dates,
            int begun,
            int over) {}

    record NamedNode(BackfillId backfill, NodeId id, String name) {}

    record StandingCount(
            BackfillId backfill, InstanceState state, boolean notSubmitted, boolean cancelled, int count) {}

    record DateRow(
            LocalDate businessDate,
            int position,
            @Nullable Instant begunAt,
            @Nullable Instant overAt) {}

    record DateCount(LocalDate businessDate, InstanceState state, int count) {}
}
