-- What was raised. It outlives the rule, the node and the instance it speaks of, so it says in words what they were.
CREATE TABLE alert (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id    bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    rule_id         bigint REFERENCES alert_rule ON DELETE SET NULL,
    rule_name       text        NOT NULL,
    kind            text        NOT NULL,
    environment     text        NOT NULL CHECK (environment IN ('DEV', 'PROD')),
    -- What it is about, as instance/17/attempt/2: raised once, whoever looks and however often.
    subject         text        NOT NULL,
    node_id         bigint      NOT NULL,
    node_name       text        NOT NULL,
    -- null when the instance was never planned
    instance_id     bigint,
    attempt         integer,
    raised_at       timestamptz NOT NULL,
    title           text        NOT NULL,
    why             text        NOT NULL,
    -- [{label, value}], in the order they are shown
    details         jsonb       NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    UNIQUE (rule_id, subject),
    CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);

-- Pages of the list, newest first.
CREATE INDEX alert_page ON alert (workspace_id, environment, id DESC);
