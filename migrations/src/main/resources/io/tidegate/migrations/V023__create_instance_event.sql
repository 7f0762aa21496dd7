-- Every change of state of every instance, in order: what the time line shows and what a history check reads.
CREATE TABLE instance_event (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    instance_id bigint      NOT NULL REFERENCES instance ON DELETE CASCADE,
    at          timestamptz NOT NULL,
    -- null for the event that made the instance
    from_state  text,
    to_state    text        NOT NULL,
    cause       text        NOT NULL,
    -- the user's name, or the part of Tidegate that acted
    actor       text        NOT NULL,
    epoch       bigint      NOT NULL,
    detail      text        NOT NULL
);

CREATE INDEX instance_event_instance_id ON instance_event (instance_id, id);

CREATE FUNCTION instance_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'instance_event is append-only';
END
$$;

-- Deleting is left open: events go with an instance that is planned anew before it ever started.
CREATE TRIGGER instance_event_is_append_only BEFORE UPDATE ON instance_event
    FOR EACH ROW EXECUTE FUNCTION instance_event_is_append_only();
