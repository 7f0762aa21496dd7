-- Events that a rule may be about, noted in the transaction of the event itself: a reader that went by the numbers of
-- instance_event would miss what commits after a higher number. Whoever raises the alerts takes them away in the same
-- transaction.
CREATE TABLE alert_event (
    event_id bigint PRIMARY KEY REFERENCES instance_event ON DELETE CASCADE
);

CREATE FUNCTION note_event_for_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO alert_event (event_id)
    SELECT NEW.id
    FROM instance i
    WHERE i.id = NEW.instance_id
      AND EXISTS (
          SELECT 1 FROM alert_rule r
          WHERE r.workspace_id = i.workspace_id AND r.environment = i.environment AND r.enabled
            AND CASE WHEN NEW.cause = 'AttemptSucceeded' THEN r.kind IN ('LATE_DATA', 'ROWS_OUTSIDE')
                     ELSE r.kind IN ('FAILED', 'FAILED_AFTER_RERUNS') END);
    RETURN NULL;
END
$$;

-- The condition keeps planning and dispatching, which write most events, free of it.
CREATE TRIGGER note_event_for_alerts AFTER INSERT ON instance_event
    FOR EACH ROW WHEN (NEW.cause IN ('AttemptFailed', 'AttemptLost', 'AttemptSucceeded'))
    EXECUTE FUNCTION note_event_for_alerts();
