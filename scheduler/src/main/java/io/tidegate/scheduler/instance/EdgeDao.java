package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.NodeCycle;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** How the edges between instances come into the world, many at once. */
@RegisterConstructorMapper(EdgeDao.Linked.class)
@RegisterConstructorMapper(EdgeDao.Dependency.class)
@RegisterConstructorMapper(EdgeDao.Before.class)
interface EdgeDao {
    // A node that depends on its children has a row with itself that says so, and one with each of them.
    String DEPENDENCIES_OF_EDGES = """
            SELECT e.child, e.parent, e.same_cycle, e.previous_cycle, c.node_version_id AS child_version,
                   cv.document #> '{schedule,cycle}' AS child_cycle, cw.time_zone AS child_zone,
                   EXISTS (SELECT 1 FROM deployed_dependency s
                           WHERE s.environment = c.environment AND s.child_node_id = c.node_id
                             AND s.parent_node_id = c.node_id AND s.kind = 'PREVIOUS_CYCLE_SELF') AS child_waits_for_itself,
                   pv.document #> '{schedule,cycle}' AS parent_cycle, pw.time_zone AS parent_zone,
                   EXISTS (SELECT 1 FROM deployed_dependency s
                           WHERE s.environment = p.environment AND s.child_node_id = p.node_id
                             AND s.parent_node_id = p.node_id AND s.kind = 'PREVIOUS_CYCLE_SELF') AS parent_waits_for_itself
            FROM (
                SELECT environment, child_node_id AS child, parent_node_id AS parent, bool_or(kind = 'SAME_CYCLE') AS same_cycle,
                       bool_or(kind <> 'SAME_CYCLE') AS previous_cycle
                FROM edge
                WHERE kind <> 'PREVIOUS_CYCLE_CHILDREN' OR child_node_id <> parent_node_id
                GROUP BY environment, child_node_id, parent_node_id
            ) e
            JOIN deployed_node c ON c.environment = e.environment AND c.node_id = e.child
            JOIN node_version cv ON cv.id = c.node_version_id
            JOIN node cn ON cn.id = c.node_id
            JOIN workspace cw ON cw.id = cn.workspace_id
            JOIN deployed_node p ON p.environment = e.environment AND p.node_id = e.parent
            JOIN node_version pv ON pv.id = p.node_version_id
            JOIN node pn ON pn.id = p.node_id
            JOIN workspace pw ON pw.id = pn.workspace_id
            ORDER BY e.child, e.parent
            """;

    /**
     * Which nodes wait for which, of some nodes: for what they wait for, and what waits for them and is planned past an
     * instant. What is planned less far draws its own edges when it is planned.
     */
    @SqlQuery("""
            WITH edge AS (
                SELECT environment, child_node_id, parent_node_id, kind FROM deployed_dependency
                WHERE environment = :environment AND child_node_id = ANY(:nodes)
                UNION
                SELECT e.environment, e.child_node_id, e.parent_node_id, e.kind
                FROM deployed_dependency e
                JOIN deployed_node p ON p.environment = e.environment AND p.node_id = e.child_node_id
                WHERE e.environment = :environment AND e.parent_node_id = ANY(:nodes) AND p.planned_until > :plannedPast
            )
            """ + DEPENDENCIES_OF_EDGES)
    List<Dependency> dependenciesOf(Environment environment, long[] nodes, Instant plannedPast);

    /** The same among some nodes only. */
    @SqlQuery("""
            WITH edge AS (
                SELECT environment, child_node_id, parent_node_id, kind FROM deployed_dependency
                WHERE environment = :environment AND child_node_id = ANY(:nodes) AND parent_node_id = ANY(:nodes)
            )
            """ + DEPENDENCIES_OF_EDGES)
    List<Dependency> dependenciesAmong(Environment environment, long[] nodes);

    @SqlQuery("""
            SELECT i.id, i.node_id, i.node_version_id AS version_id, i.scheduled_time, i.scheduled_local,
                   i.state IN ('NOT_RUN', 'WAIT_TIME') AS waiting
            FROM instance i
            WHERE i.environment = :environment AND i.node_id = ANY(:nodes) AND i.origin = :origin
              AND i.origin_key = :originKey AND i.scheduled_time >= :from AND i.scheduled_time < :to
            ORDER BY i.scheduled_time
            """)
    List<Linked> instancesOf(
            Environment environment, long[] nodes, Origin origin, String originKey, Instant from, Instant to);

    /** For each instance the one of its node and origin before it, however long ago; nothing for the first. */
    @SqlQuery("""
            SELECT c.id AS child, p.id AS parent
            FROM instance c CROSS JOIN LATERAL (
                SELECT b.id FROM instance b
                WHERE b.environment = c.environment AND b.node_id = c.node_id AND b.origin = c.origin
                  AND b.origin_key = c.origin_key AND b.scheduled_time < c.scheduled_time
                ORDER BY b.scheduled_time DESC
                LIMIT 1
            ) p
            WHERE c.id = ANY(:instances)
            """)
    List<Before> before(long[] instances);

    /** Of some versions of a node those that depend on a parent, or with {@code previous} on its previous cycle. */
    @SqlQuery("""
            SELECT v.id FROM node_version v
            WHERE v.id = ANY(:versions) AND EXISTS (
                SELECT 1 FROM jsonb_array_elements(v.document -> 'dependencies') AS wanted
                LEFT JOIN node_output o ON o.environment = :environment AND o.output = wanted ->> 'output'
                WHERE CASE wanted ->> 'kind'
                          WHEN 'SAME_CYCLE' THEN NOT :previous AND o.node_id = :parent
                          WHEN 'PREVIOUS_CYCLE_NODES' THEN :previous AND o.node_id = :parent
                          WHEN 'PREVIOUS_CYCLE_SELF' THEN :previous AND v.node_id = :parent
                          ELSE :previous AND v.node_id <> :parent END)
            """)
    List<NodeVersionId> versionsThatDependOn(Environment environment, long[] versions, NodeId parent, boolean previous);

    @SqlUpdate("""
            DELETE FROM instance_dependency d USING unnest(:children, :parentNodes) AS w (child, parent_node), instance c, instance p
            WHERE d.child_id = w.child AND c.id = d.child_id AND p.id = d.parent_id AND p.node_id = w.parent_node
              AND c.state IN ('NOT_RUN', 'WAIT_TIME')
            """)
    void unlink(long[] children, long[] parentNodes);

    // Only to instances that still wait: what has started keeps the edges it started with. Locked, so that none starts
    // between the look and the edge. What a user has removed stays away.
    @SqlUpdate("""
            INSERT INTO instance_dependency (child_id, parent_id, previous)
            SELECT e.child, e.parent, e.previous
            FROM unnest(:children, :parents, :previous) AS e (child, parent, previous)
            JOIN (SELECT id FROM instance WHERE id = ANY(:children) AND state IN ('NOT_RUN', 'WAIT_TIME')
                  ORDER BY id FOR UPDATE) c ON c.id = e.child
            WHERE NOT EXISTS (
                SELECT 1 FROM instance p JOIN instance_dependency_removal r
                    ON r.parent_node_id = p.node_id AND r.parent_scheduled_time IN (p.scheduled_time, '-infinity')
                WHERE p.id = e.parent AND r.child_id = e.child)
            ON CONFLICT DO NOTHING
            """)
    int link(long[] children, long[] parents, boolean[] previous);

    /** To children that this transaction has made. */
    @SqlUpdate("""
            INSERT INTO instance_dependency (child_id, parent_id, previous)
            SELECT e.child, e.parent, e.previous
            FROM unnest(:children, :parents, :previous) AS e (child, parent, previous)
            ON CONFLICT DO NOTHING
            """)
    int linkBorn(long[] children, long[] parents, boolean[] previous);

    /**
     * An instance as the rules of edges see it.
     *
     * @param waiting whether it may still get edges: what has started keeps those it started with
     */
    record Linked(
            InstanceId id,
            NodeId nodeId,
            NodeVersionId versionId,
            Instant scheduledTime,
            LocalDateTime scheduledLocal,
            boolean waiting) {
        ScheduledTime time() {
            return new ScheduledTime(scheduledLocal, scheduledTime);
        }
    }

    /** An instance, and the one before it. */
    record Before(InstanceId child, InstanceId parent) {}

    /**
     * A child node waits for a parent node, as both are deployed.
     *
     * @param sameCycle whether for its instances of the same cycle
     * @param previousCycle whether for those of the previous cycle; both may be
     */
    record Dependency(
            NodeId child,
            NodeId parent,
            boolean sameCycle,
            boolean previousCycle,
            NodeVersionId childVersion,
            Cycle childCycle,
            ZoneId childZone,
            boolean childWaitsForItself,
            Cycle parentCycle,
            ZoneId parentZone,
            boolean parentWaitsForItself) {
        NodeCycle childNode() {
            return new NodeCycle(childCycle, childZone, childWaitsForItself);
        }

        NodeCycle parentNode() {
            return new NodeCycle(parentCycle, parentZone, parentWaitsForItself);
        }

        boolean hasTwoZones() {
            return !childZone.equals(parentZone);
        }

        boolean isOnItself() {
            return child.equals(parent);
        }
    }
}
