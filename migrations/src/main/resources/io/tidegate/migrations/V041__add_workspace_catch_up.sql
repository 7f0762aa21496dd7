-- What becomes of scheduled times that passed while nothing ran, for nodes that do not say so themselves.
ALTER TABLE workspace ADD COLUMN catch_up jsonb NOT NULL DEFAULT '{"policy": "ALL"}';
