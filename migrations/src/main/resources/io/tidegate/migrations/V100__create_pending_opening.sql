-- Instances that became SUCCESS and have more children than one transaction should open: as the root of a workspace at midnight. A
-- duty opens the children batch by batch, those that are due first, and notes here up to where it came.
CREATE TABLE pending_opening (
    parent_id  bigint PRIMARY KEY REFERENCES instance ON DELETE CASCADE,
    -- eligible_at and id of the last child that was looked at
    after_time timestamptz NOT NULL,
    after_id   bigint      NOT NULL
);
