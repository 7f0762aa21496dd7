-- Whether an instance waits for a parent's previous cycle: what graphs draw as a dashed line.
ALTER TABLE instance_dependency ADD COLUMN previous boolean NOT NULL DEFAULT false;
