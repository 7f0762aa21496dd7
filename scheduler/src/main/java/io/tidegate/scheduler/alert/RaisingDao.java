package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.ChannelType;
import io.tidegate.scheduler.alert.channel.Message.Detail;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** What rules are about, and the alerts they raise. */
@RegisterConstructorMapper(RaisingDao.EventFacts.class)
@RegisterConstructorMapper(RaisingDao.Unfinished.class)
@RegisterConstructorMapper(RaisingDao.NotPlanned.class)
@RegisterConstructorMapper(RaisingDao.Watched.class)
@RegisterConstructorMapper(RaisingDao.RuleChannel.class)
@RegisterConstructorMapper(InstanceFacts.class)
interface RaisingDao {
    String FACTS = """
            i.id AS instance_id, i.node_id, n.name AS node_name, n.type AS node_type, n.workflow_id, f.name AS workflow,
            i.origin, i.scheduled_local, i.zone, i.business_date, i.state, a.number AS attempt,
            a.started_at AS attempt_started_at,
            CAST(coalesce(a.receipt, a.plan, a.prepared -> 'receipt') ->> 'windowStart' AS timestamptz) AS window_start,
            CAST(coalesce(a.receipt, a.plan, a.prepared -> 'receipt') ->> 'windowEnd' AS timestamptz) AS window_end,
            coalesce(a.receipt, a.prepared -> 'receipt') ->> 'table' AS destination,
            coalesce(a.receipt, a.prepared -> 'receipt') ->> 'tablePartition' AS table_partition,
            a.receipt IS NOT NULL AS copied, a.records_read, a.records_written, a.records_filtered, a.records_dirty
            """;

    /** Which nodes a rule's scope holds. */
    String IN_SCOPE = """
            ((:all AND n.workflow_id IS NOT NULL) OR n.workflow_id = CAST(:workflow AS bigint) OR n.id = ANY (:nodes))
            """;

    // ---- events

    /** They are gone when the caller's transaction commits, and back when it does not. */
    @SqlQuery("""
            WITH taken AS (
                DELETE FROM alert_event WHERE event_id IN (
                    SELECT event_id FROM alert_event ORDER BY event_id LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING event_id
            )
            SELECT event_id FROM taken ORDER BY event_id
            """)
    List<Long> takeEvents(int limit);

    @SqlQuery("""
            SELECT e.id AS event_id, e.cause, e.to_state = 'FAILED' AS is_final, e.detail, i.workspace_id, i.environment,
                   coalesce(l.records, 0) AS late_records, l.oldest AS late_oldest, l.newest AS late_newest,
            """ + FACTS + """
            FROM instance_event e
            JOIN instance i ON i.id = e.instance_id
            JOIN node n ON n.id = i.node_id
            LEFT JOIN workflow f ON f.id = n.workflow_id
            LEFT JOIN attempt a ON a.instance_id = e.instance_id AND a.epoch = e.epoch
            LEFT JOIN LATERAL (
                SELECT CAST(sum(r.last_offset - r.first_offset + 1) AS bigint) AS records, min(r.min_timestamp) AS oldest,
                       max(r.max_timestamp) AS newest
                FROM late_record r WHERE r.found_in = a.id
            ) l ON e.cause = 'AttemptSucceeded'
            WHERE e.id = ANY (:ids)
            ORDER BY e.id
            """)
    List<EventFacts> events(long[] ids);

    /** What happened to an instance, and to which. */
    record EventFacts(
            long eventId,
            String cause,
            @Nullable Boolean isFinal,
            String detail,
            WorkspaceId workspaceId,
            Environment environment,
            long lateRecords,
            @Nullable Instant lateOldest,
            @Nullable Instant lateNewest,
            @Nested InstanceFacts instance) {}

    @SqlQuery("""
            SELECT id FROM alert_rule
            WHERE workspace_id = :workspace AND environment = :environment AND enabled
              AND kind IN ('FAILED', 'FAILED_AFTER_RERUNS', 'LATE_DATA', 'ROWS_OUTSIDE')
            ORDER BY id
            """)
    List<AlertRuleId> rulesAboutEvents(WorkspaceId workspace, Environment environment);

    // ---- times

    @SqlQuery("""
            SELECT r.id, r.kind, r.document, r.watched_until, w.time_zone
            FROM alert_rule r JOIN workspace w ON w.id = r.workspace_id
            WHERE r.enabled AND r.kind IN ('NOT_FINISHED_BY', 'RUNNING_LONGER')
            ORDER BY r.id
            """)
    List<Watched> rulesAboutTimes();

    /** A rule that somebody has to look after. */
    record Watched(
            AlertRuleId id, AlertKind kind, @Json RuleDocument document, Instant watchedUntil, ZoneId timeZone) {}

    @SqlUpdate("UPDATE alert_rule SET watched_until = :until WHERE id = :id")
    void watched(AlertRuleId id, Instant until);

    // The state at the deadline is that of the last event before it: what finished since was late all the same.
    @SqlQuery("""
            SELECT count(*) OVER () AS total, i.finished_at, at_deadline.to_state AS state_then,
            """ + FACTS + """
            FROM instance i
            JOIN node n ON n.id = i.node_id
            LEFT JOIN workflow f ON f.id = n.workflow_id
            LEFT JOIN attempt a ON a.instance_id = i.id AND a.number = i.attempts
            LEFT JOIN LATERAL (
                SELECT e.to_state FROM instance_event e
                WHERE e.instance_id = i.id AND e.at <= :deadline
                ORDER BY e.id DESC LIMIT 1
            ) at_deadline ON true
            WHERE i.workspace_id = :workspace AND i.environment = :environment
              AND i.scheduled_time >= :dayStart AND i.scheduled_time < :dayEnd AND i.scheduled_time <= :deadline
              AND i.business_date = :businessDate AND i.origin = ANY (:origins) AND NOT i.dry_run
              AND NOT (i.state = 'SUCCESS' AND i.finished_at <= :deadline)
              AND at_deadline.to_state IS DISTINCT FROM 'SUCCESS'
              AND
            """ + IN_SCOPE + """
            ORDER BY i.scheduled_time, i.id
            LIMIT :limit
            """)
    List<Unfinished> unfinished(
            WorkspaceId workspace,
            Environment environment,
            @BindMethods("") Nodes nodes,
            String[] origins,
            LocalDate businessDate,
            Instant dayStart,
            Instant dayEnd,
            Instant deadline,
            int limit);

    /**
     * An instance that was no success at a deadline.
     *
     * @param total how many there are
     * @param stateThen null when it was planned later
     */
    record Unfinished(
            long total,
            @Nullable Instant finishedAt,
            @Nullable String stateThen,
            @Nested InstanceFacts instance) {}

    @SqlQuery("""
            SELECT n.id AS node_id, n.name AS node_name, n.type AS node_type, f.name AS workflow, v.document,
                   w.periodic_scheduling
            FROM deployed_node d
            JOIN node n ON n.id = d.node_id
            JOIN workspace w ON w.id = n.workspace_id
            JOIN node_version v ON v.id = d.node_version_id
            LEFT JOIN workflow f ON f.id = n.workflow_id
            WHERE n.workspace_id = :workspace AND d.environment = 'PROD' AND d.deployed_at <= :dayStart
              AND NOT EXISTS (
                  SELECT 1 FROM instance i
                  WHERE i.environment = 'PROD' AND i.node_id = d.node_id AND i.origin = 'CYCLE' AND i.origin_key = ''
                    AND i.scheduled_time >= :dayStart AND i.scheduled_time < :dayEnd)
              AND n.id > :after
              AND
            """ + IN_SCOPE + """
            ORDER BY n.id
            LIMIT :limit
            """)
    List<NotPlanned> notPlanned(
            WorkspaceId workspace,
            @BindMethods("") Nodes nodes,
            Instant dayStart,
            Instant dayEnd,
            long after,
            int limit);

    /** A deployed node that has no instance on a day. */
    record NotPlanned(
            long nodeId,
            String nodeName,
            String nodeType,
            @Nullable String workflow,
            NodeDocument document,
            boolean periodicScheduling) {}

    @SqlQuery("SELECT " + FACTS + """
            FROM attempt a
            JOIN instance i ON i.id = a.instance_id
            JOIN node n ON n.id = i.node_id
            LEFT JOIN workflow f ON f.id = n.workflow_id
            WHERE a.state = 'RUNNING' AND a.started_at < :startedBefore
              AND i.workspace_id = :workspace AND i.environment = :environment AND i.origin = ANY (:origins)
              AND NOT EXISTS (
                  SELECT 1 FROM alert x
                  WHERE x.rule_id = :rule
                    AND x.subject = 'instance/' || i.id || CASE WHEN :once THEN '' ELSE '/attempt/' || a.number END)
              AND
            """ + IN_SCOPE + """
            ORDER BY a.started_at, a.id
            LIMIT :limit
            """)
    List<InstanceFacts> runningSince(
            AlertRuleId rule,
            WorkspaceId workspace,
            Environment environment,
            @BindMethods("") Nodes nodes,
            String[] origins,
            boolean once,
            Instant startedBefore,
            int limit);

    /**
     * A scope as the queries want it.
     *
     * @param workflow null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // bound at once, never compared
    record Nodes(boolean all, @Nullable Long workflow, long[] nodes) {
        static Nodes of(AlertScope scope) {
            if (scope instanceof AlertScope.OfWorkflow only) {
                return new Nodes(false, only.workflowId(), new long[0]);
            }
            if (scope instanceof AlertScope.Chosen chosen) {
                return new Nodes(
                        false,
                        null,
                        chosen.nodeIds().stream().mapToLong(id -> id).toArray());
            }
            return new Nodes(true, null, new long[0]);
        }
    }

    // ---- what is raised

    @SqlUpdate("""
            INSERT INTO alert (workspace_id, rule_id, rule_name, kind, environment, subject, node_id, node_name,
                               instance_id, attempt, raised_at, title, why, details)
            VALUES (:workspace, :rule, :ruleName, :kind, :environment, :subject, :nodeId, :nodeName, :instanceId, :attempt,
                    :now, :title, :why, :details)
            ON CONFLICT (rule_id, subject) DO NOTHING
            """)
    @GetGeneratedKeys("id")
    Optional<AlertId> insertAlert(
            WorkspaceId workspace,
            AlertRuleId rule,
            String ruleName,
            AlertKind kind,
            Environment environment,
            String subject,
            long nodeId,
            String nodeName,
            @Nullable Long instanceId,
            @Nullable Integer attempt,
            Instant now,
            String title,
            String why,
            @Json List<Detail> details);

    @SqlQuery("""
            SELECT c.id, c.name, c.type FROM alert_channel c JOIN alert_rule_channel r ON r.channel_id = c.id
            WHERE r.rule_id = :rule
            ORDER BY c.id
            """)
    List<RuleChannel> channelsOf(AlertRuleId rule);

    /** Where a rule's alerts go. */
    record RuleChannel(long id, String name, ChannelType type) {}

    /** The summary that later alerts may still join: nobody has begun to send it. */
    @SqlQuery("""
            SELECT id FROM alert_delivery
            WHERE rule_id = :rule AND channel_id = :channel AND state = 'WAITING' AND held IS NOT NULL AND tries = 0
              AND due_at > :now
            ORDER BY due_at
            LIMIT 1
            FOR UPDATE
            """)
    Optional<AlertDeliveryId> openSummary(AlertRuleId rule, long channel, Instant now);

    /** When the messages of the last hour to a channel were due, the newest first, those that are still to come among them. */
    @SqlQuery("""
            SELECT first_due_at FROM alert_delivery
            WHERE rule_id = :rule AND channel_id = :channel AND first_due_at > :hourAgo
            ORDER BY first_due_at DESC
            LIMIT :limit
            """)
    List<Instant> newestMessages(AlertRuleId rule, long channel, Instant hourAgo, int limit);

    @SqlUpdate("""
            INSERT INTO alert_delivery (workspace_id, rule_id, channel_id, channel_name, channel_type, message_id, state, held,
                                        created_at, due_at, first_due_at)
            VALUES (:workspace, :rule, :channel, :name, :type, gen_random_uuid(), 'WAITING', :held, :now, :due, :due)
            """)
    @GetGeneratedKeys("id")
    AlertDeliveryId insertDelivery(
            WorkspaceId workspace,
            AlertRuleId rule,
            long channel,
            String name,
            ChannelType type,
            @Nullable HeldBecause held,
            Instant now,
            Instant due);

    @SqlUpdate("INSERT INTO alert_delivery_alert (delivery_id, alert_id) VALUES (:delivery, :alert)")
    void attach(AlertDeliveryId delivery, AlertId alert);
}
