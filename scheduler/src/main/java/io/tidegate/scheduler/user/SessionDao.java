package io.tidegate.scheduler.user;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(SessionDao.Row.class)
interface SessionDao {
    record Row(UserId userId, String userName, Instant expiresAt) {}

    @SqlUpdate("""
            INSERT INTO user_session (token_hash, user_id, created_at, expires_at)
            VALUES (:tokenHash, :userId, :createdAt, :expiresAt)
            """)
    void insert(byte[] tokenHash, UserId userId, Instant createdAt, Instant expiresAt);

    @SqlQuery("""
            SELECT s.user_id, u.name AS user_name, s.expires_at
            FROM user_session s JOIN user_account u ON u.id = s.user_id
            WHERE s.token_hash = :tokenHash AND s.expires_at > :now
            """)
    Optional<Row> findOpen(byte[] tokenHash, Instant now);

    @SqlUpdate("UPDATE user_session SET expires_at = :expiresAt WHERE token_hash = :tokenHash")
    void prolong(byte[] tokenHash, Instant expiresAt);

    @SqlUpdate("DELETE FROM user_session WHERE token_hash = :tokenHash")
    void delete(byte[] tokenHash);

    @SqlUpdate("DELETE FROM user_session WHERE expires_at <= :now")
    void deleteExpired(Instant now);
}
