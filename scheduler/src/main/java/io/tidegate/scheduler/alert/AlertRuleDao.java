package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(AlertRuleDao.Row.class)
interface AlertRuleDao {
    record Row(
            AlertRuleId id,
            WorkspaceId workspaceId,
            String workspace,
            ZoneId timeZone,
            String name,
            boolean enabled,
            Environment environment,
            @Json RuleDocument document,
            List<Long> channels,
            Instant watchedUntil,
            Instant createdAt,
            Instant updatedAt) {
        AlertRule rule() {
            return new AlertRule(
                    id,
                    workspaceId,
                    workspace,
                    timeZone,
                    name,
                    enabled,
                    environment,
                    document.scope(),
                    document.origins(),
                    document.condition(),
                    channels.stream().map(AlertChannelId::new).toList(),
                    document.limits(),
                    document.quietHours(),
                    createdAt,
                    updatedAt);
        }
    }

    @SqlUpdate("""
            INSERT INTO alert_rule (workspace_id, name, enabled, environment, kind, document, watched_until, created_at,
                                    updated_at)
            VALUES (:workspace, :name, :enabled, :environment, :kind, :document, :now, :now, :now)
            ON CONFLICT (workspace_id, name) DO NOTHING
            """)
    @GetGeneratedKeys("id")
    Optional<AlertRuleId> insert(
            WorkspaceId workspace,
            String name,
            boolean enabled,
            Environment environment,
            AlertKind kind,
            @Json RuleDocument document,
            Instant now);

    /** A rule that was changed is not about times that were over by then. */
    @SqlUpdate("""
            UPDATE alert_rule
            SET name = :name, enabled = :enabled, environment = :environment, kind = :kind, document = :document,
                watched_until = greatest(watched_until, :now), updated_at = :now
            WHERE id = :id
            """)
    void update(
            AlertRuleId id,
            String name,
            boolean enabled,
            Environment environment,
            AlertKind kind,
            @Json RuleDocument document,
            Instant now);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM alert_rule WHERE workspace_id = :workspace AND name = :name AND id <> :id)")
    boolean nameTaken(WorkspaceId workspace, String name, AlertRuleId id);

    @SqlUpdate("DELETE FROM alert_rule WHERE id = :id")
    void delete(AlertRuleId id);

    @SqlUpdate("DELETE FROM alert_rule_channel WHERE rule_id = :id")
    void deleteChannels(AlertRuleId id);

    @SqlUpdate("INSERT INTO alert_rule_channel (rule_id, channel_id) SELECT :id, unnest(:channels)")
    void insertChannels(AlertRuleId id, long[] channels);

    /** Shared until the end of the transaction, so that none is deleted beside. */
    @SqlQuery("SELECT id FROM alert_channel WHERE workspace_id = :workspace AND id = ANY (:channels) FOR KEY SHARE")
    List<Long> channelsThatAre(WorkspaceId workspace, long[] channels);

    @SqlQuery("SELECT id FROM node WHERE workspace_id = :workspace AND id = ANY (:nodes)")
    List<Long> nodesThatAre(WorkspaceId workspace, long[] nodes);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM workflow WHERE workspace_id = :workspace AND id = :workflow)")
    boolean isWorkflow(WorkspaceId workspace, long workflow);

    @SqlQuery("SELECT mode = 'STANDARD' FROM workspace WHERE id = :workspace")
    boolean hasDev(WorkspaceId workspace);

    @SqlQuery("SELECT count(*) FROM alert_rule WHERE workspace_id = :workspace")
    int count(WorkspaceId workspace);

    @SqlQuery("""
            SELECT r.*, w.name AS workspace, w.time_zone,
                   ARRAY(SELECT c.channel_id FROM alert_rule_channel c WHERE c.rule_id = r.id ORDER BY c.channel_id) AS channels
            FROM alert_rule r JOIN workspace w ON w.id = r.workspace_id
            WHERE r.id = :id
            """)
    Optional<Row> find(AlertRuleId id);

    @SqlQuery("""
            SELECT r.*, w.name AS workspace, w.time_zone,
                   ARRAY(SELECT c.channel_id FROM alert_rule_channel c WHERE c.rule_id = r.id ORDER BY c.channel_id) AS channels
            FROM alert_rule r JOIN workspace w ON w.id = r.workspace_id
            WHERE r.id = :id
            FOR UPDATE OF r
            """)
    Optional<Row> findAndLock(AlertRuleId id);

    @SqlQuery("""
            SELECT r.*, w.name AS workspace, w.time_zone,
                   ARRAY(SELECT c.channel_id FROM alert_rule_channel c WHERE c.rule_id = r.id ORDER BY c.channel_id) AS channels
            FROM alert_rule r JOIN workspace w ON w.id = r.workspace_id
            WHERE r.workspace_id = :workspace
            ORDER BY r.name
            LIMIT 1000
            """)
    List<Row> ofWorkspace(WorkspaceId workspace);
}
