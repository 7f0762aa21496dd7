-- Instances of backfills of another day than today have the priority of their node less 8: behind everything of the calendar,
-- and among themselves as the nodes are.
ALTER TABLE instance DROP CONSTRAINT instance_priority_check;
ALTER TABLE instance ADD CONSTRAINT instance_priority_check CHECK (priority BETWEEN -7 AND 8);
