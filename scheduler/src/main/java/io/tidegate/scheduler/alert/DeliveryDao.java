package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.alert.channel.Message.Detail;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Messages on their way. */
@RegisterConstructorMapper(DeliveryDao.Claimed.class)
@RegisterConstructorMapper(DeliveryDao.Told.class)
interface DeliveryDao {
    // One of each channel: a channel that does not answer holds up no other, and what one refuses holds up nothing
    // behind it.
    @SqlQuery("""
            WITH oldest AS (
                SELECT DISTINCT ON (d.channel_id) d.id
                FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
                WHERE d.state = 'WAITING' AND d.due_at <= :now AND (d.leased_until IS NULL OR d.leased_until <= :now)
                  AND (c.paused_until IS NULL OR c.paused_until <= :now)
                ORDER BY d.channel_id, d.due_at, d.id
            ), locked AS (
                SELECT d.id FROM alert_delivery d JOIN oldest o ON o.id = d.id
                WHERE d.state = 'WAITING' AND (d.leased_until IS NULL OR d.leased_until <= :now)
                ORDER BY d.id
                LIMIT :limit
                FOR UPDATE OF d SKIP LOCKED
            ), claimed AS (
                UPDATE alert_delivery d SET tries = d.tries + 1, leased_until = :leasedUntil
                FROM locked WHERE d.id = locked.id
                RETURNING d.*
            ), noted AS (
                INSERT INTO alert_delivery_try (delivery_id, number, at)
                SELECT id, tries, CAST(:now AS timestamptz) FROM claimed
            )
            SELECT id, channel_id, message_id, held, tries, first_due_at FROM claimed ORDER BY id
            """)
    List<Claimed> claim(Instant now, Instant leasedUntil, int limit);

    /**
     * A message that is to be sent now.
     *
     * @param tries number of this one, from 1
     */
    record Claimed(
            AlertDeliveryId id,
            AlertChannelId channelId,
            String messageId,
            @Nullable HeldBecause held,
            int tries,
            Instant firstDueAt) {}

    @SqlQuery("""
            SELECT count(*) OVER () AS total, a.id, a.rule_name, a.kind, w.name AS workspace, w.time_zone, a.environment,
                   a.node_id, a.node_name, a.instance_id, a.attempt, a.raised_at, a.title, a.why, a.details
            FROM alert_delivery_alert d
            JOIN alert a ON a.id = d.alert_id
            JOIN workspace w ON w.id = a.workspace_id
            WHERE d.delivery_id = :delivery
            ORDER BY a.id
            LIMIT :limit
            """)
    List<Told> alertsOf(AlertDeliveryId delivery, int limit);

    /**
     * An alert that a message tells of.
     *
     * @param total how many it tells of
     */
    record Told(
            long total,
            AlertId id,
            String ruleName,
            AlertKind kind,
            String workspace,
            ZoneId timeZone,
            Environment environment,
            long nodeId,
            String nodeName,
            @Nullable Long instanceId,
            @Nullable Integer attempt,
            Instant raisedAt,
            String title,
            String why,
            @Json List<Detail> details) {}

    @SqlUpdate("""
            UPDATE alert_delivery_try SET milliseconds = :milliseconds, delivered = :delivered, answer = :answer
            WHERE delivery_id = :delivery AND number = :number
            """)
    void answered(AlertDeliveryId delivery, int number, long milliseconds, boolean delivered, String answer);

    /** Whichever try it was: nobody needs another one. */
    @SqlUpdate("""
            UPDATE alert_delivery SET state = 'DELIVERED', finished_at = :now, leased_until = NULL
            WHERE id = :delivery AND state = 'WAITING'
            """)
    int delivered(AlertDeliveryId delivery, Instant now);

    /** Not when a later try has begun. */
    @SqlUpdate("""
            UPDATE alert_delivery SET due_at = :due, leased_until = NULL
            WHERE id = :delivery AND state = 'WAITING' AND tries = :number
            """)
    int tryAgain(AlertDeliveryId delivery, int number, Instant due);

    @SqlUpdate("""
            UPDATE alert_delivery SET state = 'GIVEN_UP', finished_at = :now, leased_until = NULL
            WHERE id = :delivery AND state = 'WAITING' AND tries = :number
            """)
    int giveUp(AlertDeliveryId delivery, int number, Instant now);

    /**
     * What waits behind a channel that fails is not tried, and so must end by its age. A pause that goes on says that the channel
     * was tried of late: after a standstill of the servers it is tried first.
     */
    @SqlUpdate("""
            UPDATE alert_delivery SET state = 'GIVEN_UP', finished_at = :now, leased_until = NULL
            WHERE id IN (
                SELECT d.id FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
                WHERE d.state = 'WAITING' AND d.due_at <= :now AND d.first_due_at < :before
                  AND (d.leased_until IS NULL OR d.leased_until <= :now)
                  AND c.failing_since < :before AND c.paused_until > :now
                LIMIT 1000
                FOR UPDATE OF d SKIP LOCKED)
            """)
    int giveUpOlderThan(Instant before, Instant now);
}
