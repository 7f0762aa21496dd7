package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.readiness.Readiness;
import io.tidegate.scheduler.readiness.ReadinessFacts;
import io.tidegate.scheduler.readiness.ReadinessSentence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers the facts from which follows why instances are not running, and what would make them run. Nothing of it is stored. */
final class InstanceReadiness {
    private static final int PARENTS_EACH = 4;

    private final InstantSource clock;

    InstanceReadiness(InstantSource clock) {
        this.clock = clock;
    }

    /** For each instance that is not over; at most six queries, however many there are. */
    Map<InstanceId, Readiness> of(ReadinessDao dao, Collection<Instance> instances) {
        Instant now = clock.instant();
        Known known = new Known(dao, instances, now);
        Map<InstanceId, Readiness> readiness = new HashMap<>();
        for (Instance instance : instances) {
            ReadinessFacts facts = facts(known, instance, now);
            if (facts != null) {
                readiness.put(instance.id(), ReadinessSentence.of(facts));
            }
        }
        return readiness;
    }

    private static @Nullable ReadinessFacts facts(Known known, Instance instance, Instant now) {
        ReadinessDao.Held held = known.held.get(instance.id());
        if (held != null) {
            return held.fact();
        }
        return switch (instance.state()) {
            case NOT_RUN -> notRun(known, instance);
            case WAIT_TIME -> waitTime(known, instance, now);
            case WAIT_RESOURCE -> waitResource(known, instance, now);
            case RUNNING -> {
                ReadinessDao.RunningAttempt attempt = known.attempts.get(instance.id());
                // It may have ended between two queries.
                yield attempt == null
                        ? null
                        : new ReadinessFacts.Running(
                                attempt.number(), attempt.worker(), attempt.startedAt(), attempt.leaseUntil(), now);
            }
            case SUCCESS, FAILED -> null;
        };
    }

    private static ReadinessFacts notRun(Known known, Instance instance) {
        List<ReadinessDao.HoldingParent> holding = known.holding.getOrDefault(instance.id(), List.of());
        return new ReadinessFacts.NotRun(
                holding.stream().map(ReadinessDao.HoldingParent::fact).toList(),
                holding.isEmpty() ? 0 : holding.get(0).total(),
                known.freeze(instance),
                instance.zone());
    }

    private static ReadinessFacts waitTime(Known known, Instance instance, Instant now) {
        // A parent that was rerun or planned late holds it back again.
        if (known.holding.containsKey(instance.id())) {
            return notRun(known, instance);
        }
        ReadinessDao.Unplanned unplanned = known.unplanned.get(instance.id());
        return new ReadinessFacts.WaitTime(
                instance.scheduledTime(),
                instance.eligibleAt(),
                instance.attemptCount(),
                known.freeze(instance),
                instance.dryRun(),
                unplanned == null ? null : unplanned.fact(),
                now,
                instance.zone());
    }

    private static ReadinessFacts waitResource(Known known, Instance instance, Instant now) {
        ReadinessDao.Queued queued = known.queued.get(instance.id());
        return new ReadinessFacts.WaitResource(
                known.freeze(instance),
                instance.resourceGroup(),
                // A frozen one stands in no queue; one that was claimed between two queries runs at once.
                queued == null ? 1 : queued.slots(),
                queued == null ? 0 : queued.used(),
                queued == null ? 1 : queued.workers(),
                queued == null ? 1 : queued.workersFree(),
                queued == null ? 0 : queued.ahead(),
                // Not since its time: that of a backfill is long ago, and a parent may have been late.
                Duration.between(queued == null || queued.since() == null ? now : queued.since(), now),
                queued == null ? null : queued.nodeLimit(),
                instance.zone());
    }

    /** What the database knows of some instances. */
    private static final class Known {
        private final Map<InstanceId, List<ReadinessDao.HoldingParent>> holding;
        private final Map<InstanceId, ReadinessDao.Held> held;
        private final Map<InstanceId, ReadinessDao.Frozen> frozen;
        private final Map<InstanceId, ReadinessDao.Unplanned> unplanned;
        private final Map<InstanceId, ReadinessDao.Queued> queued;
        private final Map<InstanceId, ReadinessDao.RunningAttempt> attempts;

        Known(ReadinessDao dao, Collection<Instance> all, Instant now) {
            holding = ask(all, Known::waitsForParents, ids -> dao.holdingParents(ids, PARENTS_EACH)).stream()
                    .collect(Collectors.groupingBy(ReadinessDao.HoldingParent::childId));
            held = byId(ask(all, Known::mayBeHeld, dao::held), ReadinessDao.Held::id);
            frozen = byId(ask(all, Instance::frozen, dao::frozen), ReadinessDao.Frozen::id);
            unplanned = byId(ask(all, i -> isDue(i, now), dao::unplannedParents), ReadinessDao.Unplanned::id);
            queued = byId(
                    ask(
                            all,
                            i -> i.state() == InstanceState.WAIT_RESOURCE,
                            ids -> dao.queued(ids, now, ReadinessFacts.WaitResource.AHEAD_MAX)),
                    ReadinessDao.Queued::id);
            attempts = byId(
                    ask(all, i -> i.state() == InstanceState.RUNNING, dao::runningAttempts),
                    ReadinessDao.RunningAttempt::instanceId);
        }

        ReadinessFacts.@Nullable Freeze freeze(Instance instance) {
            ReadinessDao.Frozen found = frozen.get(instance.id());
            return found == null ? null : found.fact();
        }

        private static boolean waitsForParents(Instance instance) {
            return instance.state() == InstanceState.NOT_RUN || instance.state() == InstanceState.WAIT_TIME;
        }

        private static boolean mayBeHeld(Instance instance) {
            return instance.origin() == Origin.BACKFILL
                    && (waitsForParents(instance) || instance.state() == InstanceState.WAIT_RESOURCE);
        }

        private static boolean isDue(Instance instance, Instant now) {
            return instance.state() == InstanceState.WAIT_TIME && !now.isBefore(instance.eligibleAt());
        }

        private static <T> List<T> ask(
                Collection<Instance> all, Predicate<Instance> about, Function<long[], List<T>> question) {
            long[] ids =
                    all.stream().filter(about).mapToLong(i -> i.id().value()).toArray();
            return ids.length == 0 ? List.of() : question.apply(ids);
        }

        private static <T> Map<InstanceId, T> byId(List<T> found, Function<T, InstanceId> id) {
            return found.stream().collect(Collectors.toMap(id, Function.identity(), (first, second) -> first));
        }
    }
}
