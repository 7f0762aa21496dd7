-- What is live in an environment, apart from what is merely drafted or committed. Commit writes DEV (in a BASIC workspace
-- PROD), deploy writes PROD.

-- planned_until: the instances with a scheduled time before this instant have been generated; the planner goes on from it.
CREATE TABLE deployed_node (
    environment     text        NOT NULL CHECK (environment IN ('DEV', 'PROD')),
    node_id         bigint      NOT NULL REFERENCES node ON DELETE CASCADE,
    node_version_id bigint      NOT NULL REFERENCES node_version,
    deployed_at     timestamptz NOT NULL,
    planned_until   timestamptz NOT NULL,
    PRIMARY KEY (environment, node_id)
);

CREATE INDEX deployed_node_planned_until ON deployed_node (environment, planned_until);

-- An output name belongs to one node of the installation; others depend on the node by naming it.
CREATE TABLE node_output (
    environment text   NOT NULL CHECK (environment IN ('DEV', 'PROD')),
    output      text   NOT NULL,
    node_id     bigint NOT NULL REFERENCES node ON DELETE CASCADE,
    PRIMARY KEY (environment, output)
);

CREATE INDEX node_output_node_id ON node_output (node_id);

CREATE TABLE deployed_dependency (
    environment    text   NOT NULL CHECK (environment IN ('DEV', 'PROD')),
    child_node_id  bigint NOT NULL REFERENCES node ON DELETE CASCADE,
    parent_node_id bigint NOT NULL REFERENCES node ON DELETE CASCADE,
    kind           text   NOT NULL CHECK (kind IN ('SAME_CYCLE', 'PREVIOUS_CYCLE_SELF', 'PREVIOUS_CYCLE_CHILDREN',
                                                   'PREVIOUS_CYCLE_NODES')),
    PRIMARY KEY (environment, child_node_id, parent_node_id, kind)
);

CREATE INDEX deployed_dependency_parent ON deployed_dependency (environment, parent_node_id);
