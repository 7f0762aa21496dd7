-- How long a workspace keeps what is over, in days: instances with their events, edges, attempts and receipts, and the late
-- records of their windows; logs; dirty records.
ALTER TABLE workspace
    ADD COLUMN retain_instances_days     integer NOT NULL DEFAULT 400 CHECK (retain_instances_days BETWEEN 1 AND 36500),
    ADD COLUMN retain_logs_days          integer NOT NULL DEFAULT 30 CHECK (retain_logs_days BETWEEN 1 AND 36500),
    ADD COLUMN retain_dirty_records_days integer NOT NULL DEFAULT 30 CHECK (retain_dirty_records_days BETWEEN 1 AND 36500);
