-- What did not come from the calendar is listed by state too. A list that the indexes could not answer alone was put together of
-- bitmaps of unrelated indexes, and read the whole table for what failed of one node. All of these leave CYCLE out: planning and
-- dispatching the calendar do not pay for them.
DROP INDEX instance_page_origin;
CREATE INDEX instance_page_origin ON instance (workspace_id, environment, origin, state, scheduled_time DESC, id DESC)
    WHERE origin <> 'CYCLE';

-- Here the state comes last: it is compared in the index, in the order of the list, over what a node or a backfill has at most.
DROP INDEX instance_page_node;
CREATE INDEX instance_page_node ON instance (node_id, environment, origin, scheduled_time DESC, id DESC, state)
    WHERE origin <> 'CYCLE';
DROP INDEX instance_origin_key;
CREATE INDEX instance_page_origin_key ON instance (origin, origin_key, scheduled_time DESC, id DESC, state)
    WHERE origin <> 'CYCLE';
