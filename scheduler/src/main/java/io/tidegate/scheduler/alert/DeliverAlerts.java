package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.alert.DeliveryDao.Claimed;
import io.tidegate.scheduler.alert.DeliveryDao.Told;
import io.tidegate.scheduler.alert.channel.AlertChannels;
import io.tidegate.scheduler.alert.channel.Message;
import io.tidegate.scheduler.alert.channel.SendAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due. Each try is written down before it is made and holds a lease: when its server dies, another one tries again
 * once the lease is over, with the same message id. So a message arrives at least once.
 *
 * <p>A channel that fails is left alone for a while, longer each time; what is due for it waits and is given up after a day.
 */
public final class DeliverAlerts {
    /** Longer than any try lasts. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration PAUSE_MIN = Duration.ofSeconds(15);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(15);
    private static final Duration AGE_MAX = Duration.ofDays(1);
    private static final int TRIES_MIN = 5;
    private static final int CHANNELS_AT_ONCE = 8;
    private static final int ROUNDS_MAX = 10;
    /** A round may wait for a channel that does not answer; a tick must come to an end. */
    private static final Duration TICK_MAX = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(DeliverAlerts.class);

    private final Jdbi jdbi;
    private final AlertChannels channels;
    private final MessageText text;
    private final Executor executor;
    private final InstantSource clock;

    /** @param executor sends to several channels at a time; {@code Runnable::run} for one after the other */
    public DeliverAlerts(
            Jdbi jdbi, AlertChannels channels, MessageText text, Executor executor, InstantSource clock) {
        this.jdbi = jdbi;
        this.channels = channels;
        this.text = text;
        this.executor = executor;
        this.clock = clock;
    }

    /** @return how many tries were made */
    public int tick() {
        long begun = System.nanoTime();
        Instant now = clock.instant();
        jdbi.useExtension(DeliveryDao.class, dao -> dao.giveUpOlderThan(now.minus(AGE_MAX), now));
        int tries = 0;
        for (int round = 0; round < ROUNDS_MAX && System.nanoTime() - begun < TICK_MAX.toNanos(); round++) {
            List<Claimed> claimed = claim();
            if (claimed.isEmpty()) {
                break;
            }
            tries += claimed.size();
            CompletableFuture.allOf(claimed.stream()
                            .map(delivery -> CompletableFuture.runAsync(() -> attempt(delivery), executor))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        return tries;
    }

    private List<Claimed> claim() {
        Instant now = clock.instant();
        return jdbi.inTransaction(
                handle -> handle.attach(DeliveryDao.class).claim(now, now.plus(LEASE), CHANNELS_AT_ONCE));
    }

    private void attempt(Claimed delivery) {
        try {
            long begun = System.nanoTime();
            SendAnswer answer = channels.send(delivery.channelId(), message(delivery));
            settle(delivery, answer, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        } catch (NotFoundException e) {
            // The channel was deleted meanwhile, and what waited for it was given up.
            LOG.debug("The channel of message {} is gone", delivery.id().value());
        } catch (RuntimeException e) {
            // The lease ends, and it is tried again.
            LOG.error("Message {} could not be sent", delivery.id().value(), e);
        }
    }

    private Message message(Claimed delivery) {
        List<Told> alerts = jdbi.withExtension(
                DeliveryDao.class, dao -> dao.alertsOf(delivery.id(), MessageText.ALERTS_MAX));
        return text.of(delivery.messageId(), delivery.held(), alerts);
    }

    private void settle(Claimed delivery, SendAnswer answer, long milliseconds) {
        Instant now = clock.instant();
        Instant again = now.plus(pause(delivery.tries()));
        // Within a day that is about a hundred tries. What the servers slept through is tried a few times all the same.
        boolean last = delivery.tries() >= TRIES_MIN
                && delivery.firstDueAt().plus(AGE_MAX).isBefore(again);
        jdbi.useTransaction(handle -> {
            DeliveryDao dao = handle.attach(DeliveryDao.class);
            dao.answered(delivery.id(), delivery.tries(), milliseconds, answer.delivered(), answer.text());
            if (answer.delivered()) {
                dao.delivered(delivery.id(), now);
            } else if (last) {
                dao.giveUp(delivery.id(), delivery.tries(), now);
            } else {
                dao.tryAgain(delivery.id(), delivery.tries(), again);
            }
            channels.note(handle, delivery.channelId(), answer);
        });
        if (!answer.delivered() && last) {
            LOG.warn(
                    "Alert message {} is given up after {} tries: {}",
                    delivery.id().value(),
                    delivery.tries(),
                    answer.text());
        }
    }

    /** Doubles with each failure. */
    static Duration pause(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration pause = PAUSE_MIN.multipliedBy(1L << doublings);
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }
}
