-- When the scheduler last looked at what is due. A long time ago means that nothing ran meanwhile: what was due then is
-- subject to the catch-up policies.
CREATE TABLE pulse (
    only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    at       timestamptz NOT NULL
);
