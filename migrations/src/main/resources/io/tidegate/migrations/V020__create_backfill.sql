-- One request to run the instances of chosen nodes for every scheduled time of a past (or future) range.
CREATE TABLE backfill (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    name         text        NOT NULL,
    node_ids     bigint[]    NOT NULL,
    -- Both ends included, in local time of the zone.
    from_local   timestamp   NOT NULL,
    to_local     timestamp   NOT NULL,
    zone         text        NOT NULL,
    created_by   text        NOT NULL,
    created_at   timestamptz NOT NULL,
    CHECK (from_local <= to_local)
);

CREATE INDEX backfill_workspace_id ON backfill (workspace_id, id);
