-- What the newest successful copy of an instance has read: which window of which topic is in the warehouse, and up to which
-- offsets. The next window looks here for where late records begin, and a late record for whether it is missing.
CREATE TABLE window_copy (
    instance_id   bigint PRIMARY KEY REFERENCES instance ON DELETE CASCADE,
    attempt_id    bigint      NOT NULL REFERENCES attempt ON DELETE CASCADE,
    environment   text        NOT NULL CHECK (environment IN ('DEV', 'PROD')),
    node_id       bigint      NOT NULL REFERENCES node ON DELETE CASCADE,
    topic         text        NOT NULL,
    -- Empty where the broker tells none.
    topic_id      text        NOT NULL,
    window_start  timestamptz NOT NULL,
    window_end    timestamptz NOT NULL,
    copied_at     timestamptz NOT NULL,
    write_mode    text        NOT NULL CHECK (write_mode IN ('OVERWRITE', 'INTO')),
    -- Kafka partition -> first offset that was not read.
    read_up_to    jsonb       NOT NULL,
    -- Kafka partition -> offset from which on records of older windows were written too; null when they were not.
    included_from jsonb,
    CHECK (window_start < window_end)
);

CREATE INDEX window_copy_end ON window_copy (environment, node_id, topic, window_end, copied_at);
CREATE INDEX window_copy_start ON window_copy (environment, node_id, topic, window_start, window_end, copied_at);

-- What was copied before this table was there.
INSERT INTO window_copy (instance_id, attempt_id, environment, node_id, topic, topic_id, window_start, window_end,
                         copied_at, write_mode, read_up_to)
SELECT DISTINCT ON (a.instance_id)
       a.instance_id, a.id, i.environment, i.node_id, a.receipt ->> 'topic',
       coalesce((SELECT p.plan ->> 'topicId' FROM attempt p
                 WHERE p.instance_id = a.instance_id AND p.generation = a.generation AND p.plan IS NOT NULL
                 ORDER BY p.number DESC LIMIT 1), ''),
       CAST(a.receipt ->> 'windowStart' AS timestamptz), CAST(a.receipt ->> 'windowEnd' AS timestamptz),
       coalesce(a.finished_at, a.started_at), a.receipt ->> 'writeMode',
       (SELECT coalesce(jsonb_object_agg(p ->> 'partition', p -> 'end'), '{}')
        FROM jsonb_array_elements(a.receipt -> 'partitions') AS p)
FROM attempt a JOIN instance i ON i.id = a.instance_id
WHERE a.state = 'SUCCEEDED' AND a.receipt ->> 'windowStart' IS NOT NULL AND a.receipt ->> 'windowEnd' IS NOT NULL
ORDER BY a.instance_id, a.number DESC;
