-- One name, up to two sides: what runs in DEV uses the DEV side, what runs in PROD the PROD side.
CREATE TABLE data_source (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    name         text        NOT NULL,
    type         text        NOT NULL CHECK (type IN ('KAFKA', 'MAXCOMPUTE')),
    description  text        NOT NULL,
    created_at   timestamptz NOT NULL,
    UNIQUE (workspace_id, name)
);

-- secrets: nonce and AES-256-GCM ciphertext of a JSON object {field: value}, under the key named by key_id and bound to
-- its row and environment as additional data, so that it cannot be moved to another row. secret_fields names the fields
-- that are set, for the browser.
CREATE TABLE data_source_side (
    data_source_id bigint      NOT NULL REFERENCES data_source ON DELETE CASCADE,
    environment    text        NOT NULL CHECK (environment IN ('DEV', 'PROD')),
    config         jsonb       NOT NULL,
    secrets        bytea       NOT NULL,
    secret_fields  text[]      NOT NULL,
    key_id         text        NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (data_source_id, environment)
);
