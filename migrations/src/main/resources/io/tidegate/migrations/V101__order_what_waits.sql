-- What is due is opened in this order, in batches: with the id in the index a batch reads its own rows only, even where ten
-- thousand instances share one minute.
DROP INDEX instance_due;
CREATE INDEX instance_due ON instance (eligible_at, id) WHERE state = 'WAIT_TIME' AND NOT held;

-- The children of a pending opening, those that are due first.
CREATE INDEX instance_not_run_due ON instance (eligible_at, id) WHERE state = 'NOT_RUN' AND NOT held;
