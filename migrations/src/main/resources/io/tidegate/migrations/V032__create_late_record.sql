-- The late ledger: records that were found behind what the copy of their window had read. One row is a range of offsets
-- without a gap, each of them a late record, all of one minute. No offset is in two rows, however often it is found. Whether
-- a row is missing from its window is not stored: it follows from how far the window's newest copy has read.
CREATE TABLE late_record (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    environment     text        NOT NULL CHECK (environment IN ('DEV', 'PROD')),
    node_id         bigint      NOT NULL REFERENCES node ON DELETE CASCADE,
    topic           text        NOT NULL,
    -- Empty where the broker tells none.
    topic_id        text        NOT NULL,
    partition       integer     NOT NULL,
    first_offset    bigint      NOT NULL,
    last_offset     bigint      NOT NULL,
    min_timestamp   timestamptz NOT NULL,
    max_timestamp   timestamptz NOT NULL,
    -- What the node that found them said should become of them.
    policy          text        NOT NULL CHECK (policy IN ('REPORT', 'REPAIR', 'INCLUDE')),
    found_by        bigint REFERENCES instance ON DELETE SET NULL,
    found_in        bigint REFERENCES attempt ON DELETE SET NULL,
    found_at        timestamptz NOT NULL,
    -- When their window was run again because of them, so that it happens once.
    repair_asked_at timestamptz,
    UNIQUE (environment, node_id, topic, topic_id, partition, first_offset),
    CHECK (first_offset <= last_offset AND min_timestamp <= max_timestamp)
);

-- Of a window.
CREATE INDEX late_record_timestamp ON late_record (environment, node_id, topic, min_timestamp);
-- Pages of the list, newest first.
CREATE INDEX late_record_page ON late_record (environment, node_id, id DESC);
-- What waits for the duty that reruns windows.
CREATE INDEX late_record_unrepaired ON late_record (found_at) WHERE policy = 'REPAIR' AND repair_asked_at IS NULL;
-- Deleting instances and attempts looks here.
CREATE INDEX late_record_found_by ON late_record (found_by);
CREATE INDEX late_record_found_in ON late_record (found_in);
CREATE INDEX window_copy_attempt_id ON window_copy (attempt_id);

-- A row of the ledger with the window it belongs to, as that stands now. Of windows that overlap, the latest one counts; of
-- several copies of it, the newest one.
CREATE VIEW late_record_listing AS
SELECT r.*, n.name AS node_name, n.workspace_id, c.instance_id, c.window_start, c.window_end, c.write_mode,
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
