-- One message to one channel: an alert, or the summary of those that were held back. It is tried until it is through or given up.
CREATE TABLE alert_delivery (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    rule_id      bigint REFERENCES alert_rule ON DELETE SET NULL,
    channel_id   bigint REFERENCES alert_channel ON DELETE SET NULL,
    channel_name text        NOT NULL,
    channel_type text        NOT NULL,
    -- Goes out with every try, so that a receiver can tell a repetition.
    message_id   text        NOT NULL,
    state        text        NOT NULL CHECK (state IN ('WAITING', 'DELIVERED', 'GIVEN_UP')),
    -- Why it is held back; null when it was to go at once.
    held         text CHECK (held IN ('QUIET_HOURS', 'LIMIT')),
    created_at   timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    -- When it was due for the first time.
    first_due_at timestamptz NOT NULL,
    tries        integer     NOT NULL DEFAULT 0,
    -- While a server tries it nobody else does.
    leased_until timestamptz,
    finished_at  timestamptz
);

CREATE INDEX alert_delivery_due ON alert_delivery (due_at) WHERE state = 'WAITING';
-- Limits count here.
CREATE INDEX alert_delivery_rule ON alert_delivery (rule_id, channel_id, first_due_at);
CREATE INDEX alert_delivery_channel_id ON alert_delivery (channel_id);

CREATE TABLE alert_delivery_alert (
    delivery_id bigint NOT NULL REFERENCES alert_delivery ON DELETE CASCADE,
    alert_id    bigint NOT NULL REFERENCES alert ON DELETE CASCADE,
    PRIMARY KEY (delivery_id, alert_id)
);

CREATE INDEX alert_delivery_alert_alert_id ON alert_delivery_alert (alert_id);

-- Written before the try, completed after it: one without an answer was broken off with its server.
CREATE TABLE alert_delivery_try (
    delivery_id  bigint      NOT NULL REFERENCES alert_delivery ON DELETE CASCADE,
    number       integer     NOT NULL,
    at           timestamptz NOT NULL,
    milliseconds bigint,
    delivered    boolean,
    answer       text,
    PRIMARY KEY (delivery_id, number)
);
