-- One try of an instance by one worker, held by a lease.
CREATE TABLE attempt (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    instance_id      bigint      NOT NULL REFERENCES instance ON DELETE CASCADE,
    number           integer     NOT NULL,
    generation       integer     NOT NULL,
    epoch            bigint      NOT NULL,
    worker           text        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('RUNNING', 'SUCCEEDED', 'FAILED', 'STOPPED', 'LOST')),
    lease_until      timestamptz NOT NULL,
    started_at       timestamptz NOT NULL,
    finished_at      timestamptz,
    message          text,
    failure_kind     text,
    progress         jsonb,
    -- The frozen offset plan, the commit that was about to be sent, the receipt: documents of the engine.
    plan             jsonb,
    prepared         jsonb,
    receipt          jsonb,
    records_read     bigint      NOT NULL DEFAULT 0,
    records_written  bigint      NOT NULL DEFAULT 0,
    records_filtered bigint      NOT NULL DEFAULT 0,
    records_dirty    bigint      NOT NULL DEFAULT 0,
    UNIQUE (instance_id, number)
);

-- Two attempts of one instance never run at once, whatever the code believes.
CREATE UNIQUE INDEX attempt_one_runs_per_instance ON attempt (instance_id) WHERE state = 'RUNNING';
CREATE INDEX attempt_lease_until ON attempt (lease_until) WHERE state = 'RUNNING';
