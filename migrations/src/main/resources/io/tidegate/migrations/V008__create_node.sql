-- A node is one unit of scheduled work. What it does and when is in its document: the draft that is being edited, and the
-- versions that commits made of it.
CREATE TABLE node (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    workflow_id  bigint      REFERENCES workflow,
    name         text        NOT NULL,
    type         text        NOT NULL CHECK (type IN ('BATCH_SYNC', 'MAXCOMPUTE_SQL', 'VIRTUAL')),
    is_root      boolean     NOT NULL,
    owner_id     bigint      NOT NULL REFERENCES user_account,
    created_at   timestamptz NOT NULL,
    UNIQUE (workspace_id, name),
    CHECK (is_root = (workflow_id IS NULL))
);

CREATE UNIQUE INDEX node_one_root_per_workspace ON node (workspace_id) WHERE is_root;
CREATE INDEX node_workflow_id ON node (workflow_id);

-- revision rises with each save: a save that names an older one is refused.
CREATE TABLE node_draft (
    node_id    bigint PRIMARY KEY REFERENCES node ON DELETE CASCADE,
    document   jsonb       NOT NULL,
    revision   bigint      NOT NULL,
    updated_by bigint      NOT NULL REFERENCES user_account,
    updated_at timestamptz NOT NULL
);

-- Immutable. Instances point here, so that each runs what it was generated with.
CREATE TABLE node_version (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node_id      bigint      NOT NULL REFERENCES node ON DELETE CASCADE,
    version      integer     NOT NULL CHECK (version > 0),
    document     jsonb       NOT NULL,
    note         text        NOT NULL,
    committed_by bigint      NOT NULL REFERENCES user_account,
    committed_at timestamptz NOT NULL,
    UNIQUE (node_id, version)
);
