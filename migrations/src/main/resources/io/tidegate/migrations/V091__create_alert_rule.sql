-- What is worth an alert, and to whom it goes.
CREATE TABLE alert_rule (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id  bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    name          text        NOT NULL,
    enabled       boolean     NOT NULL,
    environment   text        NOT NULL CHECK (environment IN ('DEV', 'PROD')),
    kind          text        NOT NULL
        CHECK (kind IN ('FAILED', 'FAILED_AFTER_RERUNS', 'NOT_FINISHED_BY', 'RUNNING_LONGER', 'LATE_DATA', 'ROWS_OUTSIDE')),
    -- scope, origins, condition, limits and quiet hours
    document      jsonb       NOT NULL,
    -- The deadlines up to here were looked at.
    watched_until timestamptz NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    UNIQUE (workspace_id, name)
);

CREATE TABLE alert_rule_channel (
    rule_id    bigint NOT NULL REFERENCES alert_rule ON DELETE CASCADE,
    channel_id bigint NOT NULL REFERENCES alert_channel,
    PRIMARY KEY (rule_id, channel_id)
);

CREATE INDEX alert_rule_channel_channel_id ON alert_rule_channel (channel_id);
