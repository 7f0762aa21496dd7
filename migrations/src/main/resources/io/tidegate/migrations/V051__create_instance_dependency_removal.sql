-- An edge that a user removed from one instance. Named by the parent's node and time and not by its id, so that the edge stays
-- away when the parent is planned anew or the edges of the day are drawn again.
CREATE TABLE instance_dependency_removal (
    child_id              bigint      NOT NULL REFERENCES instance ON DELETE CASCADE,
    parent_node_id        bigint      NOT NULL REFERENCES node ON DELETE CASCADE,
    parent_scheduled_time timestamptz NOT NULL,
    removed_by            text        NOT NULL,
    removed_at            timestamptz NOT NULL,
    PRIMARY KEY (child_id, parent_node_id, parent_scheduled_time)
);
