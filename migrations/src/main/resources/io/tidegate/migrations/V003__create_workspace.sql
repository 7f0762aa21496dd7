-- A workspace holds workflows, nodes and data sources, and has the one time zone in which its schedules are meant.
CREATE TABLE workspace (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name                text        NOT NULL UNIQUE,
    mode                text        NOT NULL CHECK (mode IN ('BASIC', 'STANDARD')),
    time_zone           text        NOT NULL,
    periodic_scheduling boolean     NOT NULL,
    created_at          timestamptz NOT NULL
);

CREATE TABLE workspace_member (
    workspace_id bigint      NOT NULL REFERENCES workspace ON DELETE CASCADE,
    user_id      bigint      NOT NULL REFERENCES user_account ON DELETE CASCADE,
    role         text        NOT NULL CHECK (role IN ('OWNER', 'ADMIN', 'DEVELOP', 'OPERATE', 'DEPLOY', 'VISITOR')),
    added_at     timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
);

CREATE INDEX workspace_member_user_id ON workspace_member (user_id);
