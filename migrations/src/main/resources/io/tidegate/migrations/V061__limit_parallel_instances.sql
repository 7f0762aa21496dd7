-- How many instances of its node may run at once where this one is about to; null for no limit. As the version said that the
-- instance was generated with.
ALTER TABLE instance ADD COLUMN max_parallel integer CHECK (max_parallel > 0);

-- Claims look here for what may have to wait for its own node; nearly always there is nothing.
CREATE INDEX instance_limited ON instance (resource_group_id, environment, node_id, priority DESC, scheduled_time, id)
    WHERE state = 'WAIT_RESOURCE' AND max_parallel IS NOT NULL;
CREATE INDEX instance_running_of_node ON instance (environment, node_id) WHERE state = 'RUNNING';
