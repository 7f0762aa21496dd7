-- Pages of the list, newest first, for each state by itself: a list of what failed does not pass over millions that did not. A
-- list of all states is put together of those of each.
CREATE INDEX instance_page_state ON instance (workspace_id, environment, state, scheduled_time DESC, id DESC);
DROP INDEX instance_page;

-- Of a node on the calendar, the unique key has the order of the list already. What came about otherwise is rarer.
CREATE INDEX instance_page_origin ON instance (workspace_id, environment, origin, scheduled_time DESC, id DESC)
    WHERE origin <> 'CYCLE';
CREATE INDEX instance_page_node ON instance (node_id, environment, origin, scheduled_time DESC, id DESC)
    WHERE origin <> 'CYCLE';
-- What failed of a node: few among the many that succeeded.
CREATE INDEX instance_page_failed ON instance (node_id, environment, scheduled_time DESC, id DESC)
    WHERE origin = 'CYCLE' AND state = 'FAILED';
