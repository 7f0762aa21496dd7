-- A foreign key is checked row by row, with a query and a row lock each. For the tables that get millions of rows a day that
-- was more than half of the time it took to write them. What is left out here is held otherwise:
--
-- An instance's version names its node, and the node its workspace.
ALTER TABLE instance DROP CONSTRAINT instance_workspace_id_fkey, DROP CONSTRAINT instance_node_id_fkey;

-- Events are written by the statement that writes the instance itself, and edges between instances that the same transaction
-- has read. They go with the instance, those of all that a statement deletes at once.
ALTER TABLE instance_event DROP CONSTRAINT instance_event_instance_id_fkey;
ALTER TABLE instance_dependency
    DROP CONSTRAINT instance_dependency_child_id_fkey,
    DROP CONSTRAINT instance_dependency_parent_id_fkey;

CREATE FUNCTION delete_what_belongs_to_instances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- As an array, so that the indexes are used however large the tables were when the plan was made.
    ids bigint[] := (SELECT array_agg(id) FROM gone);
BEGIN
    DELETE FROM instance_event WHERE instance_id = ANY(ids);
    DELETE FROM instance_dependency WHERE child_id = ANY(ids);
    DELETE FROM instance_dependency WHERE parent_id = ANY(ids);
    RETURN NULL;
END
$$;

CREATE TRIGGER delete_what_belongs_to_instances AFTER DELETE ON instance
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION delete_what_belongs_to_instances();
