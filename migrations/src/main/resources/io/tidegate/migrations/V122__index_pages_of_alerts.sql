-- Each filter of the list of alerts has the order of the list: a page does not pass over a year of others.
CREATE INDEX alert_page_kind ON alert (workspace_id, environment, kind, id DESC);
CREATE INDEX alert_page_open ON alert (workspace_id, environment, id DESC) WHERE acknowledged_at IS NULL;
CREATE INDEX alert_page_rule ON alert (rule_id, id DESC);
CREATE INDEX alert_page_node ON alert (node_id, id DESC);
CREATE INDEX alert_page_instance ON alert (instance_id, id DESC);

-- Retention looks here for what has expired.
CREATE INDEX alert_raised_at ON alert (workspace_id, raised_at);
CREATE INDEX alert_delivery_created_at ON alert_delivery (workspace_id, created_at);
