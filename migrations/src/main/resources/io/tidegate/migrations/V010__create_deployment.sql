-- A deployment makes committed versions live in PROD, all of them or none.
CREATE TABLE deployment (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    note         text        NOT NULL,
    deployed_by  bigint      NOT NULL REFERENCES user_account,
    deployed_at  timestamptz NOT NULL
);

CREATE INDEX deployment_workspace_id ON deployment (workspace_id, id);

CREATE TABLE deployment_item (
    deployment_id            bigint NOT NULL REFERENCES deployment ON DELETE CASCADE,
    node_id                  bigint NOT NULL REFERENCES node ON DELETE CASCADE,
    node_version_id          bigint NOT NULL REFERENCES node_version,
    previous_node_version_id bigint REFERENCES node_version,
    PRIMARY KEY (deployment_id, node_id)
);
