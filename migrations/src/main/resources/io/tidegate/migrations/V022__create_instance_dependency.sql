-- The edges an instance was generated with: a later deployment does not change what it waits for.
CREATE TABLE instance_dependency (
    child_id  bigint NOT NULL REFERENCES instance ON DELETE CASCADE,
    parent_id bigint NOT NULL REFERENCES instance ON DELETE CASCADE,
    PRIMARY KEY (child_id, parent_id),
    CHECK (child_id <> parent_id)
);

CREATE INDEX instance_dependency_parent_id ON instance_dependency (parent_id);
