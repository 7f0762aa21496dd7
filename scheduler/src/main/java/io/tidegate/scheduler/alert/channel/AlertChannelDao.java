package io.tidegate.scheduler.alert.channel;

import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterConstructorMapper(AlertChannelDao.Row.class)
interface AlertChannelDao {
    @SuppressWarnings("ArrayRecordComponent") // read from one row and decrypted at once, never compared
    record Row(
            AlertChannelId id,
            WorkspaceId workspaceId,
            String name,
            ChannelType type,
            Map<String, String> config,
            byte[] secrets,
            List<String> secretFields,
            String keyId,
            @Nullable Instant failingSince,
            int failures,
            @Nullable String lastFailure,
            Instant createdAt,
            Instant updatedAt) {
        @Override
        public String toString() {
            return "Row[" + id + ", " + name + "]";
        }
    }

    // The id comes first: the secrets are bound to it.
    @SqlQuery("SELECT nextval(pg_get_serial_sequence('alert_channel', 'id'))")
    AlertChannelId newId();

    @SqlUpdate("""
            INSERT INTO alert_channel (id, workspace_id, name, type, config, secrets, secret_fields, key_id, created_at,
                                       updated_at)
            OVERRIDING SYSTEM VALUE
            VALUES (:id, :workspaceId, :name, :type, :config, :secrets, :secretFields, :keyId, :now, :now)
            ON CONFLICT (workspace_id, name) DO NOTHING
            """)
    int insert(
            AlertChannelId id,
            WorkspaceId workspaceId,
            String name,
            ChannelType type,
            Map<String, String> config,
            byte[] secrets,
            List<String> secretFields,
            String keyId,
            Instant now);

    /** What failed before may not fail any more. */
    @SqlUpdate("""
            UPDATE alert_channel
            SET name = :name, config = :config, secrets = :secrets, secret_fields = :secretFields, key_id = :keyId,
                updated_at = :now, paused_until = NULL
            WHERE id = :id
            """)
    void update(
            AlertChannelId id,
            String name,
            Map<String, String> config,
            byte[] secrets,
            List<String> secretFields,
            String keyId,
            Instant now);

    @SqlQuery(
            "SELECT EXISTS (SELECT 1 FROM alert_channel WHERE workspace_id = :workspace AND name = :name AND id <> :id)")
    boolean nameTaken(WorkspaceId workspace, String name, AlertChannelId id);

    @SqlQuery("SELECT * FROM alert_channel WHERE id = :id")
    Optional<Row> find(AlertChannelId id);

    @SqlQuery("SELECT * FROM alert_channel WHERE id = :id FOR UPDATE")
    Optional<Row> findAndLock(AlertChannelId id);

    @SqlQuery("SELECT * FROM alert_channel WHERE workspace_id = :workspace ORDER BY name LIMIT 1000")
    List<Row> ofWorkspace(WorkspaceId workspace);

    @SqlQuery("SELECT count(*) FROM alert_channel WHERE workspace_id = :workspace")
    int count(WorkspaceId workspace);

    @SqlQuery("""
            SELECT r.name FROM alert_rule r JOIN alert_rule_channel c ON c.rule_id = r.id
            WHERE c.channel_id = :id
            ORDER BY r.name
            LIMIT 10
            """)
    List<String> rulesOf(AlertChannelId id);

    @SqlUpdate("""
            UPDATE alert_delivery SET state = 'GIVEN_UP', finished_at = :now, leased_until = NULL
            WHERE channel_id = :id AND state = 'WAITING'
            """)
    int giveUpWaiting(AlertChannelId id, Instant now);

    @SqlUpdate("DELETE FROM alert_channel WHERE id = :id")
    void delete(AlertChannelId id);

    @SqlUpdate("""
            UPDATE alert_channel SET failing_since = NULL, failures = 0, last_failure = NULL, paused_until = NULL
            WHERE id = :id AND failures > 0
            """)
    void gotThrough(AlertChannelId id);

    /** The pause doubles with each failure in a row, from 15 seconds to 15 minutes. */
    @SqlUpdate("""
            UPDATE alert_channel
            SET failing_since = coalesce(failing_since, CAST(:now AS timestamptz)), failures = failures + 1,
                last_failure = :why,
                paused_until = CAST(:now AS timestamptz)
                    + least(interval '15 seconds' * power(2, least(failures, 10)), interval '15 minutes')
            WHERE id = :id
            """)
    void failed(AlertChannelId id, String why, Instant now);
}
