-- The log of an attempt in chunks of whole lines, so that any server can show it while it grows.
CREATE TABLE attempt_log (
    attempt_id bigint  NOT NULL REFERENCES attempt ON DELETE CASCADE,
    number     integer NOT NULL,
    text       text    NOT NULL,
    PRIMARY KEY (attempt_id, number)
);
