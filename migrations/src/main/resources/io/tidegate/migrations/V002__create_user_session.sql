-- Browser sessions. Only the SHA-256 of a token is stored: who reads this table cannot log in with it.
CREATE TABLE user_session (
    token_hash bytea PRIMARY KEY,
    user_id    bigint      NOT NULL REFERENCES user_account ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX user_session_expires_at ON user_session (expires_at);
CREATE INDEX user_session_user_id ON user_session (user_id);
