-- A draft that is run is kept as it was then, as a version without a number: an instance always points at what it runs. Only
-- numbered versions are listed, deployed and counted.
ALTER TABLE node_version ALTER COLUMN version DROP NOT NULL;

CREATE INDEX node_version_drafts ON node_version (node_id, id) WHERE version IS NULL;

-- Tells runs of one node and scheduled time apart: the origin key of TEST and MANUAL instances.
CREATE SEQUENCE run_number;
