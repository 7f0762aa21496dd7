package io.tidegate.app.history;

import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.InstanceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
     */
    History read(Instant until, List<History.Fire> fires) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> read(handle, until, fires));
    }

    private static History read(Handle handle, Instant until, List<History.Fire> fires) {
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
                        SELECT i.*, g.name AS group_name, i.frozen OR i.eligible_at > :until AS held
                        FROM instance i JOIN resource_group g ON g.id = i.resource_group_id ORDER BY i.id""")
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
                        row.getBoolean("held")))
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
        return new History(events, instances, attempts, edges, audit, slots, fires, List.of());
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
