-- People who log in. Passwords are Argon2id hashes in PHC form; nothing here can be turned back into a password.
CREATE TABLE user_account (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text        NOT NULL,
    password_hash text        NOT NULL,
    created_at    timestamptz NOT NULL
);

-- "Anna" and "anna" are one person.
CREATE UNIQUE INDEX user_account_name ON user_account (lower(name));

-- Counts wrong passwords per name that was tried, whether or not there is such a user, so that an answer never tells
-- which names exist. The name itself is kept only as a hash: people type passwords into the name field.
CREATE TABLE login_failure (
    name_hash     bytea PRIMARY KEY,
    failures      integer     NOT NULL,
    last_failure  timestamptz NOT NULL
);
