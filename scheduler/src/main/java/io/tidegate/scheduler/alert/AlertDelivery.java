package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.alert.channel.ChannelType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that tells of an alert, with every try to send it.
 *
 * @param channelId null when the channel was deleted
 * @param messageId goes out with every try
 * @param held why it was held back; null when it was to go at once
 * @param alerts how many alerts it tells of
 * @param dueAt when it is to be sent, or was for the last time
 * @param finishedAt when it got through or was given up; null while it waits
 */
public record AlertDelivery(
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
        @Nullable Instant finishedAt,
        List<Try> tries) {
    public AlertDelivery {
        tries = List.copyOf(tries);
    }

    /**
     * One try.
     *
     * @param delivered null while it goes on, and for good when its server stopped in the midst of it
     * @param answer what the other side said, without secrets
     */
    public record Try(
            int number,
            Instant at,
            @Nullable Long milliseconds,
            @Nullable Boolean delivered,
            @Nullable String answer) {}
}
