package io.tidegate.app.history;

import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.Backfills;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.InstanceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** Reads a history from the tables, all of it as it stands at one moment. */
final class HistoryReader {
    private final Jdbi jdbi;

    HistoryReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param until instances that may not start before this need not be over
     * @param backfills what users were told of each
     */
    History read(Instant until, List<History.Fire> fires, Map<BackfillId, BackfillMeddler.Told> backfills) {
        List<History.Filling> fillings = fillings(backfills);
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ, handle -> read(handle, until, fires, fillings));
    }

    private static History read(
            Handle handle, Instant until, List<History.Fire> fires, List<History.Filling> fillings) {
        List<History.Event> events = handle.createQuery("""
                        SELECT e.*, EXISTS (SELECT 1 FROM user_account u WHERE u.name = e.actor) AS by_user
                        FROM instance_event e ORDER BY e.id""")
                .map((row, context) -> new History.Event(
                        row.getLong("id"),
                        row.getLong("instance_id"),
                        instant(row, "at"),
                        state(row.getString("from_state")),
                        InstanceState.valueOf(row.getString("to_state")),
                        row.getString("cause"),
                        row.getBoolean("by_user"),
                        row.getLong("epoch")))
                .list();
        List<History.Row> instances = handle.createQuery("""
                        SELECT i.*, g.name AS group_name,
                               i.frozen OR i.eligible_at > :until
                                   OR (i.held AND i.attempts = 0 AND coalesce(b.state = 'CANCELLED', false)) AS excused
                        FROM instance i JOIN resource_group g ON g.id = i.resource_group_id
                        LEFT JOIN backfill b ON i.origin = 'BACKFILL' AND i.origin_key = CAST(b.id AS text)
                        ORDER BY i.id""")
                .bind("until", until)
                .map((row, context) -> new History.Row(
                        row.getLong("id"),
                        new History.Fire(
                                row.getString("environment"), row.getLong("node_id"), instant(row, "scheduled_time")),
                        row.getString("origin"),
                        row.getString("origin_key"),
                        row.getString("group_name"),
                        row.getObject("max_parallel", Integer.class),
                        InstanceState.valueOf(row.getString("state")),
                        row.getBoolean("excused")))
                .list();
        List<History.Try> attempts = handle.createQuery("SELECT * FROM attempt ORDER BY id")
                .map((row, context) -> new History.Try(
                        row.getLong("id"),
                        row.getLong("instance_id"),
                        row.getInt("number"),
                        row.getInt("generation"),
                        row.getLong("epoch"),
                        AttemptState.valueOf(row.getString("state"))))
                .list();
        List<History.Edge> edges = handle.createQuery("SELECT parent_id, child_id FROM instance_dependency")
                .map((row, context) -> new History.Edge(row.getLong("parent_id"), row.getLong("child_id")))
                .list();
        List<History.Entry> audit = handle.createQuery("SELECT action, object FROM audit_entry")
                .map((row, context) -> new History.Entry(row.getString("action"), row.getString("object")))
                .list();
        Map<String, Integer> slots = new TreeMap<>();
        handle.createQuery("SELECT name, slots FROM resource_group")
                .map((row, context) -> Map.entry(row.getString("name"), row.getInt("slots")))
                .forEach(entry -> slots.put(entry.getKey(), entry.getValue()));
        return new History(events, instances, attempts, edges, audit, slots, fires, ordered(handle), fillings);
    }

    /** Of a node that waits for its own previous cycle, each instance comes after the one before it. */
    private static List<History.Edge> ordered(Handle handle) {
        return handle.createQuery("""
                        SELECT * FROM (
                            SELECT i.id AS child_id, lag(i.id) OVER (
                                       PARTITION BY i.environment, i.node_id, i.origin, i.origin_key
                                       ORDER BY i.scheduled_time) AS parent_id
                            FROM instance i JOIN node_version v ON v.id = i.node_version_id
                            WHERE v.document::text LIKE '%PREVIOUS_CYCLE_SELF%'
                        ) neighbours
                        WHERE parent_id IS NOT NULL""")
                .map((row, context) -> new History.Edge(row.getLong("parent_id"), row.getLong("child_id")))
                .list();
    }

    private List<History.Filling> fillings(Map<BackfillId, BackfillMeddler.Told> told) {
        Backfills backfills = BackfillMeddler.backfills(jdbi);
        List<History.Filling> all = new ArrayList<>();
        told.forEach((id, was) -> {
            Backfill backfill = backfills.get(id);
            Backfill.Progress counts = backfill.progress();
            all.add(new History.Filling(
                    id.value(),
                    backfill.standing().state(),
                    backfill.groups(),
                    was.planned(),
                    counts.notSubmitted()
                            + counts.waiting()
                            + counts.running()
                            + counts.succeeded()
                            + counts.failed()
                            + counts.cancelled(),
                    backfill.dates().over() == backfill.dates().total(),
                    positions(id),
                    was.cancelledAt()));
        });
        return all;
    }

    private Map<Long, Integer> positions(BackfillId id) {
        return jdbi.withHandle(handle -> {
            Map<Long, Integer> positions = new TreeMap<>();
            handle.createQuery("""
                            SELECT i.id, d.position
                            FROM instance i JOIN backfill_date d
                              ON d.backfill_id = :id AND d.business_date = i.business_date
                            WHERE i.origin = 'BACKFILL' AND i.origin_key = CAST(:id AS text)""")
                    .bind("id", id.value())
                    .map((row, context) -> Map.entry(row.getLong("id"), row.getInt("position")))
                    .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
            return positions;
        });
    }

    /** Every row of every table, as text. */
    Map<String, String> tables() {
        return jdbi.withHandle(handle -> {
            Map<String, String> all = new TreeMap<>();
            for (String table : handle.createQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                    .mapTo(String.class)
                    .list()) {
                all.put(
                        "table " + table,
                        String.join(
                                "\n",
                                handle.createQuery("SELECT t::text FROM " + table + " t")
                                        .mapTo(String.class)
                                        .list()));
            }
            return all;
        });
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable InstanceState state(@Nullable String name) {
        return name == null ? null : InstanceState.valueOf(name);
    }
}
