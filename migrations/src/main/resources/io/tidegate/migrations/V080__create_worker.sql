-- The workers as they last reported: who is there to take a slot. Nothing is claimed or fenced by it; that is done by the lease
-- of each attempt.
CREATE TABLE worker (
    -- of one start of one program: two with the same name by mistake are two rows
    id              uuid        PRIMARY KEY,
    name            text        NOT NULL,
    host            text        NOT NULL,
    version         text        NOT NULL,
    slots           integer     NOT NULL CHECK (slots > 0),
    -- Names of the resource groups it serves; empty for all.
    resource_groups text[]      NOT NULL,
    running         integer     NOT NULL CHECK (running >= 0),
    draining        boolean     NOT NULL,
    started_at      timestamptz NOT NULL,
    heartbeat_at    timestamptz NOT NULL,
    -- By when the next heartbeat must have come.
    alive_until     timestamptz NOT NULL
);
