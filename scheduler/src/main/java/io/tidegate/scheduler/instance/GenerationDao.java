package io.tidegate.scheduler.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** How instances and their edges come into the world, many at once. */
@RegisterConstructorMapper(GenerationDao.Linked.class)
@RegisterConstructorMapper(GenerationDao.Dependency.class)
@RegisterConstructorMapper(GenerationDao.NotBegun.class)
interface GenerationDao {
    @SqlQuery("SELECT nextval(pg_get_serial_sequence('instance', 'id')) FROM generate_series(1, :count)")
    List<Long> newIds(int count);

    @SqlQuery("""
            WITH wanted AS (
                SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r (
                    "id" bigint, "scheduledTime" timestamptz, "scheduledLocal" timestamp, "businessDate" date,
                    "parameters" jsonb, "eligibleAt" timestamptz, "dryRun" boolean, "dryRunReason" text,
                    "note" text)
            ), born AS (
                INSERT INTO instance (
                    id, environment, workspace_id, node_id, node_version_id, origin, origin_key, scheduled_time,
                    scheduled_local, zone, business_date, state, frozen, held, dry_run, dry_run_reason, priority, resource_group_id,
                    parameters, auto_reruns_left, eligible_at, created_at)
                SELECT "id", :environment, :workspace, :node, :version, :origin, :originKey, "scheduledTime",
                       "scheduledLocal", :zone, "businessDate", 'NOT_RUN', :frozen, :held, "dryRun", "dryRunReason", :priority,
                       (SELECT id FROM resource_group WHERE name = :resourceGroup), "parameters", :autoReruns,
                       "eligibleAt", CAST(:now AS timestamptz)
                FROM wanted ORDER BY wanted."id"
                ON CONFLICT (environment, node_id, origin, origin_key, scheduled_time) DO NOTHING
                RETURNING id, state
            ), noted AS (
                INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail)
                SELECT b.id, CAST(:now AS timestamptz), NULL, b.state, 'Planned', :actor, 0, w."note"
                FROM born b JOIN wanted w ON w."id" = b.id ORDER BY b.id
            )
            SELECT id FROM born ORDER BY id
            """)
    List<InstanceId> insert(
            @Json List<Row> rows,
            Environment environment,
            WorkspaceId workspace,
            NodeId node,
            NodeVersionId version,
            Origin origin,
            String originKey,
            String zone,
            boolean frozen,
            boolean held,
            int priority,
            String resourceGroup,
            int autoReruns,
            Instant now,
            String actor);

    // The node's row is shared while it is read, so that none is born unfrozen beside somebody who freezes the node.
    @SqlUpdate("""
            UPDATE instance i
            SET frozen = true, frozen_by = d.frozen_by, frozen_at = d.frozen_at, frozen_reason = d.frozen_reason,
                frozen_with_node = true
            FROM (SELECT frozen_by, frozen_at, frozen_reason FROM deployed_node
                  WHERE environment = :environment AND node_id = :node AND frozen_by IS NOT NULL FOR SHARE) d
            WHERE i.id = ANY(:ids) AND i.node_id = :node
            """)
    void freezeWithNode(Environment environment, NodeId node, long[] ids);

    // The children of a popular parent, without those whose turn to be planned is still to come.
    @SqlQuery("""
            SELECT d.child_node_id AS child, d.parent_node_id AS parent, cv.document AS child_document,
                   pv.document AS parent_document
            FROM deployed_dependency d
            JOIN deployed_node c ON c.environment = d.environment AND c.node_id = d.child_node_id
            JOIN node_version cv ON cv.id = c.node_version_id
            JOIN deployed_node p ON p.environment = d.environment AND p.node_id = d.parent_node_id
            JOIN node_version pv ON pv.id = p.node_version_id
            WHERE d.environment = :environment AND d.kind = 'SAME_CYCLE'
              AND (d.child_node_id = ANY(:nodes) OR (d.parent_node_id = ANY(:nodes) AND c.planned_until > :plannedFrom))
            ORDER BY d.child_node_id, d.parent_node_id
            """)
    List<Dependency> dependenciesOf(Environment environment, long[] nodes, Instant plannedFrom);

    @SqlQuery("""
            SELECT i.id, i.node_id AS node, i.scheduled_time, i.scheduled_local,
                   i.state IN ('NOT_RUN', 'WAIT_TIME') AS waiting
            FROM instance i
            WHERE i.environment = :environment AND i.node_id = ANY(:nodes) AND i.origin = :origin
              AND i.origin_key = :originKey AND i.scheduled_time >= :from AND i.scheduled_time < :to
            ORDER BY i.scheduled_time
            """)
    List<Linked> instancesOf(
            Environment environment, long[] nodes, Origin origin, String originKey, Instant from, Instant to);

    @SqlUpdate("""
            DELETE FROM instance_dependency d
            USING unnest(:children, :parentNodes) AS e (child, parent_node), instance c, instance p
            WHERE d.child_id = e.child AND c.id = e.child AND p.id = d.parent_id AND p.node_id = e.parent_node
              AND c.state IN ('NOT_RUN', 'WAIT_TIME')
            """)
    void unlink(long[] children, long[] parentNodes);

    // Only to instances that still wait: what has started keeps the edges it started with. Locked, so that none starts
    // between the look and the edge. What a user has removed stays away.
    @SqlUpdate("""
            INSERT INTO instance_dependency (child_id, parent_id)
            SELECT e.child, e.parent
            FROM unnest(:children, :parents) AS e (child, parent)
            JOIN (SELECT id FROM instance WHERE id = ANY(:children) AND state IN ('NOT_RUN', 'WAIT_TIME')
                  ORDER BY id FOR UPDATE) c ON c.id = e.child
            WHERE NOT EXISTS (
                SELECT 1 FROM instance p JOIN instance_dependency_removal r
                    ON r.parent_node_id = p.node_id AND r.parent_scheduled_time = p.scheduled_time
                WHERE p.id = e.parent AND r.child_id = e.child)
            ON CONFLICT DO NOTHING
            """)
    int link(long[] children, long[] parents);

    /** To children that this transaction has made. */
    @SqlUpdate("""
            INSERT INTO instance_dependency (child_id, parent_id)
            SELECT e.child, e.parent FROM unnest(:children, :parents) AS e (child, parent)
            ON CONFLICT DO NOTHING
            """)
    int linkBorn(long[] children, long[] parents);

    @SqlQuery("""
            SELECT id, scheduled_time FROM instance
            WHERE environment = 'PROD' AND node_id = :node AND origin = 'CYCLE' AND state IN ('NOT_RUN', 'WAIT_TIME')
              AND attempts = 0 AND NOT dry_run AND scheduled_time > :since AND scheduled_time <= :until
            ORDER BY id
            FOR UPDATE
            """)
    List<NotBegun> lockNotBegun(NodeId node, Instant since, Instant until);

    /** The state stays as it is, and the state version rises: whoever saw the instance before looks again. */
    @SqlUpdate("""
            WITH passed AS (
                UPDATE instance SET dry_run = true, dry_run_reason = 'MISSED', state_version = state_version + 1
                WHERE id = ANY(:ids)
                RETURNING id, state, epoch
            )
            INSERT INTO instance_event (instance_id, at, from_state, to_state, cause, actor, epoch, detail)
            SELECT id, CAST(:now AS timestamptz), state, state, 'Missed', :actor, epoch, :detail FROM passed ORDER BY id
            """)
    void letPass(long[] ids, Instant now, String actor, String detail);

    /** One instance to be made. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            long id,
            Instant scheduledTime,
            LocalDateTime scheduledLocal,
            LocalDate businessDate,
            Map<String, String> parameters,
            Instant eligibleAt,
            boolean dryRun,
            @Nullable DryRunReason dryRunReason,
            String note) {}

    /** An instance as the rule of edges sees it. */
    record Linked(
            InstanceId id, NodeId node, Instant scheduledTime, LocalDateTime scheduledLocal, boolean waiting) {
        ScheduledTime time() {
            return new ScheduledTime(scheduledLocal, scheduledTime);
        }
    }

    /** An instance that has had no attempt. */
    record NotBegun(InstanceId id, Instant scheduledTime) {}

    /** A child node waits for a parent node. */
    record Dependency(NodeId child, NodeId parent, NodeDocument childDocument, NodeDocument parentDocument) {}
}
