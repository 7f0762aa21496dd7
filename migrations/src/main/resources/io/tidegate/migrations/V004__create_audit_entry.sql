-- Who changed what. Written in the transaction of the change itself, never with a secret in it.
-- No foreign keys: an entry outlives what it speaks of.
CREATE TABLE audit_entry (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL,
    user_id      bigint,
    workspace_id bigint,
    action       text        NOT NULL,
    object       text        NOT NULL,
    detail       jsonb       NOT NULL
);

CREATE INDEX audit_entry_workspace_id ON audit_entry (workspace_id, id);

CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entry is append-only';
END
$$;

CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();
