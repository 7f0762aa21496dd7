-- A late record says which workspace it belongs to: a page of the ledger reads its own rows, and none of other workspaces.
ALTER TABLE late_record ADD COLUMN workspace_id bigint REFERENCES workspace ON DELETE CASCADE;
UPDATE late_record r SET workspace_id = n.workspace_id FROM node n WHERE n.id = r.node_id;
ALTER TABLE late_record ALTER COLUMN workspace_id SET NOT NULL;

CREATE INDEX late_record_page_workspace ON late_record (workspace_id, environment, id DESC);
-- Retention looks here for what has expired.
CREATE INDEX late_record_found_at ON late_record (workspace_id, found_at);

DROP VIEW late_record_listing;
CREATE VIEW late_record_listing AS
SELECT r.*, n.name AS node_name, c.instance_id, c.window_start, c.window_end, c.write_mode,
       CASE WHEN r.policy = 'INCLUDE' THEN 'INCLUDED'
            WHEN c.instance_id IS NULL THEN 'NO_WINDOW'
            WHEN r.topic_id <> c.topic_id AND r.topic_id <> '' AND c.topic_id <> '' THEN 'TOPIC_GONE'
            WHEN c.read_up_to > r.last_offset THEN 'REPAIRED'
            ELSE 'MISSING' END AS state,
       r.last_offset - greatest(r.first_offset, c.read_up_to) + 1 AS missing
FROM late_record r
JOIN node n ON n.id = r.node_id
LEFT JOIN LATERAL (
    SELECT w.instance_id, w.window_start, w.window_end, w.write_mode, w.topic_id,
           coalesce(CAST(w.read_up_to ->> CAST(r.partition AS text) AS bigint), 0) AS read_up_to
    FROM window_copy w
    WHERE w.environment = r.environment AND w.node_id = r.node_id AND w.topic = r.topic
      AND w.window_start <= r.min_timestamp AND w.window_end > r.min_timestamp
      -- No cycle is longer than a year; without this a row of no window would look at all that were ever copied.
      AND w.window_start > r.min_timestamp - interval '400 days'
    ORDER BY w.window_start DESC, w.window_end, w.copied_at DESC, w.attempt_id DESC
    LIMIT 1) c ON true;
