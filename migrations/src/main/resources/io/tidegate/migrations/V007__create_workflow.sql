-- A workflow groups nodes in the tree; scheduling knows only nodes.
CREATE TABLE workflow (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    name         text        NOT NULL,
    description  text        NOT NULL,
    created_by   bigint      NOT NULL REFERENCES user_account,
    created_at   timestamptz NOT NULL,
    UNIQUE (workspace_id, name)
);
