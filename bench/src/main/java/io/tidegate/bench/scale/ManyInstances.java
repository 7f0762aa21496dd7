package io.tidegate.bench.scale;

import io.tidegate.scheduler.cycle.Hour;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Months of instances without having run them: hourly nodes and one of every minute, one in a hundred failed, one in fifty of
 * a backfill, the newest two days not run yet and waiting for one another.
 */
final class ManyInstances {
    private static final int HOURS = 1000;
    /** What one node of every minute makes in a year. */
    private static final int MINUTES_MAX = 525_600;

    /** What has not run waits for the same hour of the node before it. */
    private static final String EDGES = """
            SET session_replication_role = replica;
            INSERT INTO instance_dependency (child_id, parent_id, previous)
            SELECT c.id, p.id, false
            FROM instance c JOIN instance p
                ON p.environment = c.environment AND p.node_id = c.node_id - 1 AND p.origin = c.origin
               AND p.origin_key = c.origin_key AND p.scheduled_time = c.scheduled_time
            WHERE c.state IN ('NOT_RUN', 'WAIT_TIME') AND c.node_id % 10 <> 0;
            SET session_replication_role = origin
            """;

    private ManyInstances() {}

    static void insert(ScaleDatabase database, ManyNodes many, int rows) throws SQLException {
        int minutes = Math.min(MINUTES_MAX, rows / 20);
        int nodes = Math.max(10, (rows - minutes) / HOURS);
        many.deploy(nodes + 1, Hour.every(1, LocalTime.MIDNIGHT, LocalTime.of(23, 59)), true, Instant.now());
        List<String> indexes = dropIndexes(database);
        database.execute(
                rows("d.node_id < (SELECT max(node_id) FROM deployed_node)", (rows - minutes) / nodes, "hour"));
        database.execute(rows("d.node_id = (SELECT max(node_id) FROM deployed_node)", minutes, "minute"));
        for (String index : indexes) {
            database.execute(index);
        }
        database.execute(EDGES);
        database.execute("VACUUM ANALYZE");
    }

    /** Loading first and indexing then takes a fraction of the time. Keys stay: they say what a row is. */
    private static List<String> dropIndexes(ScaleDatabase database) throws SQLException {
        List<String> definitions = new ArrayList<>();
        try (var connection = database.pool().getConnection();
                var statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (var found = statement.executeQuery("""
                    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
                    WHERE x.indrelid = CAST('instance' AS regclass) AND NOT x.indisunique
                    """)) {
                while (found.next()) {
                    names.add(found.getString(1));
                    definitions.add(found.getString(2));
                }
            }
            for (String name : names) {
                statement.execute("DROP INDEX " + name);
            }
        }
        return definitions;
    }

    private static String rows(String which, int each, String unit) {
        return """
                SET session_replication_role = replica;
                INSERT INTO instance (environment, workspace_id, node_id, node_version_id, origin, origin_key, scheduled_time,
                    scheduled_local, zone, business_date, state, frozen, dry_run, priority, resource_group_id, parameters,
                    attempts, auto_reruns_left, eligible_at, created_at)
                SELECT 'PROD', n.workspace_id, d.node_id, d.node_version_id,
                       CASE WHEN d.node_id %% 50 = 7 THEN 'BACKFILL' ELSE 'CYCLE' END,
                       CASE WHEN d.node_id %% 50 = 7 THEN CAST(d.node_id AS text) ELSE '' END,
                       t.at, t.at AT TIME ZONE 'Asia/Shanghai', 'Asia/Shanghai', CAST(t.at AS date) - 1,
                       CASE WHEN t.at > now() + interval '1 hour' THEN 'NOT_RUN'
                            WHEN t.at > now() THEN 'WAIT_TIME'
                            WHEN t.at > now() - interval '1 hour' AND d.node_id %% 3 = 0 THEN 'WAIT_RESOURCE'
                            WHEN t.at > now() - interval '1 hour' AND d.node_id %% 100 = 0 THEN 'RUNNING'
                            WHEN hashint8(d.node_id * 1000003 + s) %% 100 = 0 THEN 'FAILED' ELSE 'SUCCESS' END,
                       false, false, 1, (SELECT id FROM resource_group WHERE name = 'default_scheduling'),
                       '{"startTime": "20221122090000", "endTime": "20221122100000", "partition": "20221122"}', 1, 3, t.at, t.at
                FROM deployed_node d JOIN node n ON n.id = d.node_id
                CROSS JOIN generate_series(0, %d - 1) AS s
                CROSS JOIN LATERAL (SELECT date_trunc('%s', now()) + interval '2 days' - s * interval '1 %s' AS at) t
                WHERE NOT n.is_root AND %s
                ORDER BY t.at;
                SET session_replication_role = origin
                """.formatted(each, unit, unit, which);
    }
}
