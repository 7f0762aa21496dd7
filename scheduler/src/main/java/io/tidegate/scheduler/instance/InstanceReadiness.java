package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.readiness.ReadinessFacts;
import io.tidegate.scheduler.readiness.ReadinessSentence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the facts from which follows why an instance is not running, and what would make it run. */
final class InstanceReadiness {
    private final InstantSource clock;

    InstanceReadiness(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One sentence; null when the instance is over.
     *
     * @param attempts of the instance, newest first
     */
    @Nullable String sentence(InstanceDao dao, Instance instance, List<Attempt> attempts) {
        ReadinessFacts facts = facts(dao, instance, attempts);
        return facts == null ? null : ReadinessSentence.of(facts).sentence();
    }

    private @Nullable ReadinessFacts facts(InstanceDao dao, Instance instance, List<Attempt> attempts) {
        Instant now = clock.instant();
        return switch (instance.state()) {
            case NOT_RUN -> notRun(dao.holdingParents(instance.id()), instance.frozen());
            case WAIT_TIME -> waitTime(dao.holdingParents(instance.id()), instance, now);
            case WAIT_RESOURCE -> waitResource(dao, instance, now);
            case RUNNING ->
                attempts.isEmpty()
                        ? null
                        : new ReadinessFacts.Running(
                                attempts.get(0).number(),
                                attempts.get(0).worker(),
                                attempts.get(0).startedAt(),
                                attempts.get(0).leaseUntil(),
                                now);
            case SUCCESS, FAILED -> null;
        };
    }

    private static ReadinessFacts notRun(List<InstanceDao.HoldingParent> holding, boolean frozen) {
        return new ReadinessFacts.NotRun(
                holding.stream().map(InstanceReadiness::parent).toList(),
                holding.isEmpty() ? 0 : holding.get(0).total(),
                frozen);
    }

    private static ReadinessFacts waitTime(List<InstanceDao.HoldingParent> holding, Instance instance, Instant now) {
        // A parent that was rerun or planned late holds it back once its time has come.
        if (!holding.isEmpty() && !now.isBefore(instance.eligibleAt())) {
            return notRun(holding, instance.frozen());
        }
        return new ReadinessFacts.WaitTime(
                instance.scheduledTime(),
                instance.eligibleAt(),
                instance.attemptCount(),
                instance.frozen(),
                instance.dryRun(),
                now,
                instance.zone());
    }

    private static ReadinessFacts waitResource(InstanceDao dao, Instance instance, Instant now) {
        InstanceDao.Slots slots = dao.slots(instance.id());
        return new ReadinessFacts.WaitResource(
                instance.frozen(),
                instance.resourceGroup(),
                slots.slots(),
                slots.used(),
                dao.aheadInQueue(instance.id()),
                Duration.between(instance.eligibleAt(), now));
    }

    private static ReadinessFacts.Parent parent(InstanceDao.HoldingParent holding) {
        ReadinessFacts.Condition condition = switch (holding.state()) {
            case FAILED -> ReadinessFacts.Condition.FAILED;
            case RUNNING -> ReadinessFacts.Condition.RUNNING;
            case NOT_RUN, WAIT_TIME, WAIT_RESOURCE, SUCCESS ->
                holding.frozen() ? ReadinessFacts.Condition.FROZEN : ReadinessFacts.Condition.WAITING;
        };
        return new ReadinessFacts.Parent(holding.instanceId(), holding.node(), condition);
    }
}
