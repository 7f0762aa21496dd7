package io.tidegate.scheduler.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** How the instances of the calendar come into the world, those of many nodes at once. */
interface CycleDao {
    @SqlQuery("""
            WITH node AS MATERIALIZED (
                SELECT n.*, g.id AS group_id
                FROM jsonb_to_recordset(CAST(:nodes AS jsonb)) AS n (
                    "node" bigint, "environment" text, "workspace" bigint, "version" bigint, "zone" text, "frozen" boolean,
                    "priority" integer, "maxParallel" integer, "resourceGroup" text, "autoReruns" integer)
                LEFT JOIN resource_group g ON g.name = n."resourceGroup"
            ), wanted AS MATERIALIZED (
                SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r (
                    "id" bigint, "node" bigint, "scheduledTime" timestamptz, "scheduledLocal" timestamp, "businessDate" date,
                    "parameters" jsonb, "dryRunReason" text, "note" text)
            ), born AS (
                INSERT INTO instance (
                    id, environment, workspace_id, node_id, node_version_id, origin, origin_key, scheduled_time,
                    scheduled_local, zone, business_date, state, frozen, dry_run, dry_run_reason, priority, max_parallel,
                    resource_group_id, parameters, auto_reruns_left, eligible_at, created_at)
                SELECT w."id", n."environment", n."workspace", n."node", n."version", 'CYCLE', '', w."scheduledTime",
                       w."scheduledLocal", n."zone", w."businessDate", 'NOT_RUN', n."frozen", w."dryRunReason" IS NOT NULL,
                       w."dryRunReason", n."priority", n."maxParallel", n.group_id, w."parameters", n."autoReruns", w."scheduledTime",
                       CAST(:now AS timestamptz)
                FROM wanted w JOIN node n ON n."node" = w."node"
                ORDER BY w."id"
                ON CONFLICT (environment, node_id, origin, origin_key, scheduled_time) DO NOTHING
                RETURNING id, state
            ), noted AS (
                INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail)
                SELECT b.id, CAST(:now AS timestamptz), NULL, b.state, 'Planned', :actor, 0, w."note"
                FROM born b JOIN wanted w ON w."id" = b.id ORDER BY b.id
            )
            SELECT id FROM born ORDER BY id
            """)
    List<InstanceId> insert(@Json List<Of> nodes, @Json List<Row> rows, Instant now, String actor);

    // Shared, so that none is born unfrozen beside somebody who freezes the node.
    @SqlQuery("""
            SELECT node_id FROM deployed_node
            WHERE environment = :environment AND node_id = ANY(:nodes) AND frozen_by IS NOT NULL
            FOR SHARE
            """)
    List<NodeId> frozen(Environment environment, long[] nodes);

    /** What the instances of a node have in common. */
    record Of(
            long node,
            Environment environment,
            long workspace,
            long version,
            String zone,
            boolean frozen,
            int priority,
            @Nullable Integer maxParallel,
            String resourceGroup,
            int autoReruns) {}

    /** One instance to be made. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            long id,
            long node,
            Instant scheduledTime,
            LocalDateTime scheduledLocal,
            LocalDate businessDate,
            Map<String, String> parameters,
            @Nullable DryRunReason dryRunReason,
            String note) {}
}
