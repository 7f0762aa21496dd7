-- revision rises with each change: a change that names an older one is refused.
ALTER TABLE resource_group ADD COLUMN revision bigint NOT NULL DEFAULT 1;

-- Past instances bear the name of the group they ran in, so a deleted group stays as a row. Nothing live refers to it, and one that is
-- made anew under its name takes its place.
ALTER TABLE resource_group ADD COLUMN deleted_at timestamptz;

-- Names that differ in nothing but capitals would be taken for each other.
CREATE UNIQUE INDEX resource_group_any_case ON resource_group (lower(name));
