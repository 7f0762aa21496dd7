package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.alert.channel.ChannelType;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Alerts as they are read. */
@RegisterConstructorMapper(Alert.class)
@RegisterConstructorMapper(AlertDao.DeliveryRow.class)
@RegisterConstructorMapper(AlertDao.TryRow.class)
interface AlertDao {
    String SHOWN = """
            SELECT a.*,
                   (SELECT count(*) FROM alert_delivery_alert d WHERE d.alert_id = a.id) AS deliveries,
                   (SELECT count(*) FROM alert_delivery_alert d JOIN alert_delivery m ON m.id = d.delivery_id
                    WHERE d.alert_id = a.id AND m.state = 'DELIVERED') AS delivered
            FROM alert a
            """;

    @SqlQuery(SHOWN + "WHERE a.id = :id")
    Optional<Alert> find(AlertId id);

    @SqlQuery("SELECT workspace_id FROM alert WHERE id = :id")
    Optional<WorkspaceId> workspaceOf(AlertId id);

    @SqlQuery("SELECT name FROM user_account WHERE id = :id")
    Optional<String> userName(UserId id);

    @SqlUpdate("""
            UPDATE alert SET acknowledged_at = :now, acknowledged_by = :by
            WHERE id = :id AND acknowledged_at IS NULL
            """)
    int acknowledge(AlertId id, String by, Instant now);

    @SqlQuery("""
            SELECT m.*, (SELECT count(*) FROM alert_delivery_alert x WHERE x.delivery_id = m.id) AS alerts
            FROM alert_delivery_alert d JOIN alert_delivery m ON m.id = d.delivery_id
            WHERE d.alert_id = :alert
            ORDER BY m.id
            LIMIT 100
            """)
    List<DeliveryRow> deliveries(AlertId alert);

    @SqlQuery("""
            SELECT t.* FROM alert_delivery_try t
            JOIN alert_delivery_alert d ON d.delivery_id = t.delivery_id
            WHERE d.alert_id = :alert
            ORDER BY t.delivery_id, t.number
            LIMIT 2000
            """)
    List<TryRow> tries(AlertId alert);

    record DeliveryRow(
            AlertDeliveryId id,
            @Nullable AlertChannelId channelId,
            String channelName,
            ChannelType channelType,
            String messageId,
            DeliveryState state,
            @Nullable HeldBecause held,
            int alerts,
            Instant createdAt,
            Instant dueAt,
            @Nullable Instant finishedAt) {}

    record TryRow(
            AlertDeliveryId deliveryId,
            int number,
            Instant at,
            @Nullable Long milliseconds,
            @Nullable Boolean delivered,
            @Nullable String answer) {}
}
