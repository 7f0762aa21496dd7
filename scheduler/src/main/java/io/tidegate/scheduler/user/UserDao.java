package io.tidegate.scheduler.user;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(User.class)
@RegisterConstructorMapper(UserDao.Credentials.class)
@RegisterConstructorMapper(UserDao.Failures.class)
interface UserDao {
    record Credentials(UserId id, String name, String passwordHash) {
        @Override
        public String toString() {
            return "Credentials[" + name + "]";
        }
    }

    record Failures(int failures, Instant lastFailure) {}

    /** Lets only one of several servers that start at once see an empty table. */
    @SqlUpdate("LOCK TABLE user_account IN SHARE ROW EXCLUSIVE MODE")
    void lock();

    @SqlQuery("SELECT EXISTS (SELECT FROM user_account)")
    boolean anyExists();

    @SqlUpdate("""
            INSERT INTO user_account (name, password_hash, created_at) VALUES (:name, :passwordHash, :createdAt)
            ON CONFLICT DO NOTHING
            """)
    @GetGeneratedKeys("id")
    Optional<UserId> insert(String name, String passwordHash, Instant createdAt);

    @SqlQuery("SELECT id, name FROM user_account WHERE id = :id")
    Optional<User> find(UserId id);

    @SqlQuery("SELECT id, name FROM user_account WHERE lower(name) = lower(:name)")
    Optional<User> findByName(String name);

    @SqlQuery("SELECT id, name, password_hash FROM user_account WHERE lower(name) = lower(:name)")
    Optional<Credentials> credentials(String name);

    @SqlQuery("SELECT failures, last_failure FROM login_failure WHERE name_hash = :nameHash")
    Optional<Failures> failures(byte[] nameHash);

    @SqlUpdate("""
            INSERT INTO login_failure (name_hash, failures, last_failure) VALUES (:nameHash, 1, :at)
            ON CONFLICT (name_hash) DO UPDATE
            SET failures = CASE WHEN login_failure.last_failure < :forgottenBefore THEN 1 ELSE login_failure.failures + 1 END,
                last_failure = :at
            """)
    void countFailure(byte[] nameHash, Instant at, Instant forgottenBefore);

    @SqlUpdate("DELETE FROM login_failure WHERE name_hash = :nameHash")
    void clearFailures(byte[] nameHash);

    @SqlUpdate("DELETE FROM login_failure WHERE last_failure < :before")
    void forgetFailures(Instant before);
}
