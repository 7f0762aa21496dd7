-- Unfreezing a node finds what was frozen with it, and does not read all that the node ever ran.
CREATE INDEX instance_frozen_with_node ON instance (node_id, environment) WHERE frozen_with_node;
