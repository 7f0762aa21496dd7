-- Named pools of slots. The two default groups are here from the start, so that a first node can run.
CREATE TABLE resource_group (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text    NOT NULL UNIQUE,
    kind        text    NOT NULL CHECK (kind IN ('SCHEDULING', 'DATA_INTEGRATION')),
    slots       integer NOT NULL CHECK (slots > 0),
    description text    NOT NULL
);

INSERT INTO resource_group (name, kind, slots, description)
VALUES ('default_scheduling', 'SCHEDULING', 16, 'Runs nodes that only wait for another system, as SQL does'),
       ('default_data_integration', 'DATA_INTEGRATION', 4, 'Runs batch synchronization nodes');
