-- Held: its backfill has not come to its business date, is paused or was cancelled. A held instance is not opened, whatever its
-- parents and the time say. Follows from the states of the backfill and its dates, and is brought in line with them by a duty.
ALTER TABLE instance ADD COLUMN held boolean NOT NULL DEFAULT false;

-- Those that wait to be opened, without the many that are held.
DROP INDEX instance_due;
CREATE INDEX instance_due ON instance (eligible_at) WHERE state = 'WAIT_TIME' AND NOT held;
DROP INDEX instance_not_run;
CREATE INDEX instance_not_run ON instance (id) WHERE state = 'NOT_RUN' AND NOT held;

CREATE INDEX instance_backfill_date ON instance (origin_key, business_date) WHERE origin = 'BACKFILL';
