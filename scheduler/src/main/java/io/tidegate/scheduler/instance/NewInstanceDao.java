package io.tidegate.scheduler.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** How instances come into the world, those of many nodes at once. */
interface NewInstanceDao {
    @SqlQuery("SELECT nextval('instance_id_seq') FROM generate_series(1, :count)")
    List<Long> newIds(int count);

    @SqlQuery("""
            WITH node AS MATERIALIZED (
                SELECT n.*, g.id AS group_id
                FROM jsonb_to_recordset(CAST(:nodes AS jsonb)) AS n (
                    "of" integer, "node" bigint, "environment" text, "workspace" bigint, "version" bigint, "origin" text,
                    "originKey" text, "zone" text, "frozen" boolean, "held" boolean, "priority" integer, "maxParallel" integer,
                    "resourceGroup" text, "autoReruns" integer)
                LEFT JOIN resource_group g ON g.name = n."resourceGroup"
            ), wanted AS MATERIALIZED (
                SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r (
                    "id" bigint, "of" integer, "scheduledTime" timestamptz, "scheduledLocal" timestamp, "businessDate" date,
                    "eligibleAt" timestamptz, "parameters" jsonb, "dryRunReason" text, "note" text)
            ), born AS (
                INSERT INTO instance (
                    id, environment, workspace_id, node_id, node_version_id, origin, origin_key, scheduled_time,
                    scheduled_local, zone, business_date, state, frozen, held, dry_run, dry_run_reason, priority, max_parallel,
                    resource_group_id, parameters, auto_reruns_left, eligible_at, created_at)
                SELECT w."id", n."environment", n."workspace", n."node", n."version", n."origin", n."originKey",
                       w."scheduledTime", w."scheduledLocal", n."zone", w."businessDate", 'NOT_RUN', n."frozen", n."held",
                       w."dryRunReason" IS NOT NULL, w."dryRunReason", n."priority", n."maxParallel", n.group_id,
                       w."parameters", n."autoReruns", w."eligibleAt", CAST(:now AS timestamptz)
                FROM wanted w JOIN node n ON n."of" = w."of"
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
    List<InstanceId> insert(@Json OfNodes nodes, @Json Rows rows, Instant now, String actor);

    // The nodes' rows are shared while they are read, so that none is born unfrozen beside somebody who freezes its
    // node.
    @SqlUpdate("""
            UPDATE instance i
            SET frozen = true, frozen_by = d.frozen_by, frozen_at = d.frozen_at, frozen_reason = d.frozen_reason,
                frozen_with_node = true
            FROM (SELECT node_id, frozen_by, frozen_at, frozen_reason FROM deployed_node
                  WHERE environment = :environment AND node_id = ANY(:nodes) AND frozen_by IS NOT NULL FOR SHARE) d
            WHERE i.id = ANY(:ids) AND i.node_id = d.node_id
            """)
    void freezeWithNodes(Environment environment, long[] nodes, long[] ids);

    /**
     * What some instances have in common.
     *
     * @param of the number by which {@link Row} names it
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record OfNode(
            int of,
            long node,
            Environment environment,
            long workspace,
            long version,
            Origin origin,
            String originKey,
            String zone,
            boolean frozen,
            boolean held,
            int priority,
            @Nullable Integer maxParallel,
            String resourceGroup,
            int autoReruns) {}

    /** One instance to be made. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            long id,
            int of,
            Instant scheduledTime,
            LocalDateTime scheduledLocal,
            LocalDate businessDate,
            Instant eligibleAt,
            Map<String, String> parameters,
            @Nullable DryRunReason dryRunReason,
            String note) {}

    /** Written as a list; Jdbi describes every argument for its error messages, which would cost more than the writing. */
    record OfNodes(@JsonValue List<OfNode> all) {
        @Override
        public String toString() {
            return all.size() + " nodes";
        }
    }

    /** As above. */
    record Rows(@JsonValue List<Row> all) {
        @Override
        public String toString() {
            return all.size() + " instances";
        }
    }
}
