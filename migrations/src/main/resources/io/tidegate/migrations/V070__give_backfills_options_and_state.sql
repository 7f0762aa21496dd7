-- A backfill is a thing of its own: what was asked for, and whether it goes on. How far it is, its instances say.
ALTER TABLE backfill
    -- What was asked for, word for word; null for those that were made before there were options.
    ADD COLUMN request       jsonb,
    -- The client's own name for the request: sent twice, it makes one backfill.
    ADD COLUMN request_id    text,
    -- How many business dates run at the same time; what the plan made of the wish.
    ADD COLUMN groups        integer NOT NULL DEFAULT 1 CHECK (groups BETWEEN 1 AND 10),
    ADD COLUMN descending    boolean NOT NULL DEFAULT false,
    ADD COLUMN on_failure    text    NOT NULL DEFAULT 'CONTINUE' CHECK (on_failure IN ('CONTINUE', 'STOP')),
    ADD COLUMN state         text    NOT NULL DEFAULT 'DONE'
        CHECK (state IN ('RUNNING', 'PAUSED', 'HALTED', 'CANCELLED', 'DONE')),
    ADD COLUMN state_version bigint  NOT NULL DEFAULT 0,
    ADD COLUMN state_by      text,
    ADD COLUMN state_at      timestamptz,
    ADD COLUMN state_reason  text    NOT NULL DEFAULT '',
    -- Who asked to stop what runs, and when: what began before is stopped.
    ADD COLUMN stop_asked_by bigint REFERENCES user_account ON DELETE SET NULL,
    ADD COLUMN stop_asked_at timestamptz,
    -- Nothing of it moves any more, so no duty looks at it.
    ADD COLUMN settled       boolean NOT NULL DEFAULT true,
    ADD CONSTRAINT backfill_request_id UNIQUE (workspace_id, request_id);

ALTER TABLE backfill
    ALTER COLUMN state DROP DEFAULT,
    ALTER COLUMN on_failure DROP DEFAULT,
    ALTER COLUMN settled DROP DEFAULT;

CREATE INDEX backfill_unsettled ON backfill (id) WHERE NOT settled;
