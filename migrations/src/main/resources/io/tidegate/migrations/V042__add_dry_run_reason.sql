-- Why an instance is a dry run; null when it is none, and for those that were made before this column.
ALTER TABLE instance ADD COLUMN dry_run_reason text
    CHECK (dry_run_reason IN ('SCHEDULING_TYPE', 'NOT_A_CHOSEN_DAY', 'MISSED'));

-- A view keeps the columns that the table had when it was made.
DROP VIEW instance_listing;
CREATE VIEW instance_listing AS
SELECT i.*, i.attempts AS attempt_count, w.name AS workspace, n.name AS node_name, n.type AS node_type,
       f.name AS workflow, v.version AS node_version, g.name AS resource_group
FROM instance i
JOIN workspace w ON w.id = i.workspace_id
JOIN node n ON n.id = i.node_id
JOIN node_version v ON v.id = i.node_version_id
JOIN resource_group g ON g.id = i.resource_group_id
LEFT JOIN workflow f ON f.id = n.workflow_id;
