package io.tidegate.scheduler.resourcegroup;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Who refers to a resource group. Each answer is the first few with the count of all. */
@RegisterConstructorMapper(GroupReferenceDao.NodeRow.class)
@RegisterConstructorMapper(GroupReferenceDao.InstanceRow.class)
interface GroupReferenceDao {
    /** @param field of the document's {@code resourceGroups} */
    @SqlQuery("""
            SELECT w.name AS workspace, n.name AS node, string_agg(d.environment, ' and ' ORDER BY d.environment) AS environments,
                   count(*) OVER () AS total
            FROM deployed_node d
            JOIN node_version v ON v.id = d.node_version_id
            JOIN node n ON n.id = d.node_id
            JOIN workspace w ON w.id = n.workspace_id
            WHERE v.document -> 'resourceGroups' ->> :field = :group
            GROUP BY w.name, n.name
            ORDER BY w.name, n.name
            LIMIT :limit
            """)
    List<NodeRow> deployedNodes(String group, String field, int limit);

    /** @param field of the document's {@code resourceGroups} */
    @SqlQuery("""
            SELECT w.name AS workspace, n.name AS node, '' AS environments, count(*) OVER () AS total
            FROM node_draft d
            JOIN node n ON n.id = d.node_id
            JOIN workspace w ON w.id = n.workspace_id
            WHERE d.document -> 'resourceGroups' ->> :field = :group
            ORDER BY w.name, n.name
            LIMIT :limit
            """)
    List<NodeRow> drafts(String group, String field, int limit);

    @SqlQuery("""
            SELECT i.id, w.name AS workspace, n.name AS node, i.environment, i.scheduled_local, i.state, i.total
            FROM (
                SELECT id, workspace_id, node_id, environment, scheduled_local, state, count(*) OVER () AS total
                FROM instance
                WHERE resource_group_id = :group AND state IN ('NOT_RUN', 'WAIT_TIME', 'WAIT_RESOURCE', 'RUNNING')
                ORDER BY state = 'RUNNING' DESC, state = 'WAIT_RESOURCE' DESC, scheduled_time, id
                LIMIT :limit
            ) i
            JOIN node n ON n.id = i.node_id
            JOIN workspace w ON w.id = i.workspace_id
            ORDER BY i.state = 'RUNNING' DESC, i.state = 'WAIT_RESOURCE' DESC, i.scheduled_local, i.id
            """)
    List<InstanceRow> instances(ResourceGroupId group, int limit);

    @SqlQuery("""
            SELECT name FROM worker
            WHERE :group = ANY(resource_groups) AND alive_until > :now AND NOT draining
            ORDER BY name
            """)
    List<String> workers(String group, Instant now);

    record NodeRow(String workspace, String node, String environments, int total) {}

    record InstanceRow(
            long id,
            String workspace,
            String node,
            String environment,
            LocalDateTime scheduledLocal,
            String state,
            int total) {}
}
