package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.RaisingDao.RuleChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes alerts and the messages they cause in the caller's transaction, which has locked the rule: who counts the messages of the
 * last hour sees all of them. An alert that is there already is left alone.
 */
final class AlertRaiser {
    private static final Duration HOUR = Duration.ofHours(1);

    private final InstantSource clock;

    AlertRaiser(InstantSource clock) {
        this.clock = clock;
    }

    /** When a message may go. */
    private record Release(Instant at, @Nullable HeldBecause held) {}

    /** @return how many of them are new */
    int raise(Handle handle, AlertRule rule, List<NewAlert> alerts) {
        RaisingDao dao = handle.attach(RaisingDao.class);
        List<RuleChannel> channels = dao.channelsOf(rule.id());
        int raised = 0;
        for (NewAlert alert : alerts) {
            Optional<AlertId> id = insert(dao, rule, alert);
            if (id.isPresent()) {
                raised++;
                channels.forEach(channel -> send(dao, rule, channel, id.get()));
            }
        }
        return raised;
    }

    private Optional<AlertId> insert(RaisingDao dao, AlertRule rule, NewAlert alert) {
        return dao.insertAlert(
                rule.workspaceId(),
                rule.id(),
                rule.name(),
                rule.condition().kind(),
                rule.environment(),
                alert.subject(),
                alert.nodeId(),
                alert.nodeName(),
                alert.instanceId(),
                alert.attempt(),
                clock.instant(),
                alert.words().title(),
                alert.words().why(),
                alert.words().details());
    }

    private void send(RaisingDao dao, AlertRule rule, RuleChannel channel, AlertId alert) {
        Instant now = clock.instant();
        Release release = release(dao, rule, channel, now);
        Optional<AlertDeliveryId> summary =
                release.held() == null ? Optional.empty() : dao.openSummary(rule.id(), channel.id(), now);
        AlertDeliveryId delivery = summary.orElseGet(() -> dao.insertDelivery(
                rule.workspaceId(),
                rule.id(),
                channel.id(),
                channel.name(),
                channel.type(),
                release.held(),
                now,
                release.at()));
        dao.attach(delivery, alert);
    }

    private static Release release(RaisingDao dao, AlertRule rule, RuleChannel channel, Instant now) {
        QuietHours quiet = rule.quietHours();
        Optional<Instant> quietUntil = quiet == null ? Optional.empty() : quiet.endsAfter(now, rule.zone());
        if (quietUntil.isPresent()) {
            return new Release(quietUntil.get(), HeldBecause.QUIET_HOURS);
        }
        Integer most = rule.limits().messagesAnHourMax();
        if (most == null) {
            return new Release(now, null);
        }
        List<Instant> newest = dao.newestMessages(rule.id(), channel.id(), now.minus(HOUR), most);
        if (newest.size() < most) {
            return new Release(now, null);
        }
        Instant free = newest.get(most - 1).plus(HOUR);
        // A limit must not end in quiet hours.
        Instant at = quiet == null ? free : quiet.endsAfter(free, rule.zone()).orElse(free);
        return new Release(at, HeldBecause.LIMIT);
    }
}
