-- The first dirty records of an attempt, with the reason; the exact count is in attempt.records_dirty.
CREATE TABLE attempt_dirty_record (
    attempt_id  bigint  NOT NULL REFERENCES attempt ON DELETE CASCADE,
    number      integer NOT NULL,
    partition   integer NOT NULL,
    "offset"    bigint  NOT NULL,
    column_name text    NOT NULL,
    excerpt     text    NOT NULL,
    reason      text    NOT NULL,
    PRIMARY KEY (attempt_id, number)
);
