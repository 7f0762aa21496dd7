-- Commits that were about to be sent and of which nobody knows yet whether they were made: few, however many attempts there are.
CREATE INDEX attempt_open_commit ON attempt (instance_id) WHERE prepared IS NOT NULL AND state <> 'SUCCEEDED';
