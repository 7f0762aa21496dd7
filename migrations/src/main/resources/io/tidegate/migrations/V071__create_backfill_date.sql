-- The business dates of a backfill in the order in which they run. The next one begins when one before it is over.
CREATE TABLE backfill_date (
    backfill_id   bigint  NOT NULL REFERENCES backfill ON DELETE CASCADE,
    business_date date    NOT NULL,
    -- From 1.
    position      integer NOT NULL CHECK (position >= 1),
    begun_at      timestamptz,
    over_at       timestamptz,
    PRIMARY KEY (backfill_id, business_date),
    UNIQUE (backfill_id, position),
    CHECK (over_at IS NULL OR begun_at IS NOT NULL)
);
