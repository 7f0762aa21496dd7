-- Where alerts are sent. secrets are kept as those of data_source_side are, bound to the row: an address that carries a token is
-- a secret as a whole, and config only names its host.
CREATE TABLE alert_channel (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id  bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    name          text        NOT NULL,
    type          text        NOT NULL CHECK (type IN ('EMAIL', 'WEBHOOK', 'SLACK', 'DINGTALK', 'WECOM', 'LARK')),
    config        jsonb       NOT NULL,
    secrets       bytea       NOT NULL,
    secret_fields text[]      NOT NULL,
    key_id        text        NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    -- Since its last success nothing got through; null while all is well.
    failing_since timestamptz,
    failures      integer     NOT NULL DEFAULT 0,
    last_failure  text,
    -- Nothing is tried before.
    paused_until  timestamptz,
    UNIQUE (workspace_id, name)
);
