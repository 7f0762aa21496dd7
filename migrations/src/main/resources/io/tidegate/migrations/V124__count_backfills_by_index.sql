-- How far a backfill is follows from the states of its instances. They are counted in the index, not in the table.
DROP INDEX instance_backfill_date;
CREATE INDEX instance_backfill_date ON instance (origin_key, business_date, state, held) WHERE origin = 'BACKFILL';
