package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.RaisingDao.Nodes;
import io.tidegate.scheduler.alert.RaisingDao.Unfinished;
import io.tidegate.scheduler.alert.RaisingDao.Watched;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.instance.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises alerts about time: what was not finished by a deadline, and attempts that run too long. Each rule knows up to when its
 * deadlines were looked at, so that none is passed over however long no server ran.
 */
public final class WatchDeadlines {
    private static final Logger LOG = LoggerFactory.getLogger(WatchDeadlines.class);
    static final int ALERTS_AT_ONCE = 200;
    private static final int EXPLAINED_MAX = 20;
    /** After a longer silence the older deadlines are news no more. */
    private static final Duration DEADLINES_KEPT = Duration.ofDays(40);

    private final Jdbi jdbi;
    private final Instances instances;
    private final AlertRaiser raiser;
    private final InstantSource clock;

    public WatchDeadlines(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.instances = new Instances(jdbi, clock);
        this.raiser = new AlertRaiser(clock);
        this.clock = clock;
    }

    /** @return how many alerts were raised */
    public int tick() {
        int raised = 0;
        for (Watched rule : jdbi.withExtension(RaisingDao.class, RaisingDao::rulesAboutTimes)) {
            try {
                raised += look(rule);
            } catch (RuntimeException e) {
                // One rule must not hold up the others; it is looked at again with the next tick.
                LOG.error("Alert rule {} could not be looked at", rule.id().value(), e);
            }
        }
        return raised;
    }

    private int look(Watched watched) {
        if (watched.document().condition() instanceof AlertCondition.RunningLonger longer) {
            return jdbi.inTransaction(handle -> running(handle, watched.id(), longer));
        }
        if (!(watched.document().condition() instanceof AlertCondition.NotFinishedBy by)) {
            return 0;
        }
        int raised = 0;
        for (LocalDate date : datesDue(by, watched.watchedUntil(), watched.timeZone())) {
            // Asked before the rule is locked: it takes a connection of its own.
            Map<Long, String> readiness = readiness(watched.id(), date);
            raised += jdbi.inTransaction(handle -> unfinished(handle, watched.id(), date, readiness));
        }
        return raised;
    }

    /** The business dates whose deadline has passed since somebody looked. */
    private List<LocalDate> datesDue(AlertCondition.NotFinishedBy by, Instant watchedUntil, ZoneId zone) {
        Instant now = clock.instant();
        Instant oldest = now.minus(DEADLINES_KEPT);
        Instant after = watchedUntil.isBefore(oldest) ? oldest : watchedUntil;
        List<LocalDate> due = new ArrayList<>();
        LocalDate last = LocalDate.ofInstant(now, zone);
        for (LocalDate date = LocalDate.ofInstant(after, zone).minusDays(by.days() + 2L);
                !date.isAfter(last);
                date = date.plusDays(1)) {
            Instant deadline = by.deadline(date, zone);
            if (deadline.isAfter(after) && !deadline.isAfter(now)) {
                due.add(date);
            }
        }
        return due;
    }

    private int unfinished(Handle handle, AlertRuleId id, LocalDate businessDate, Map<Long, String> readiness) {
        AlertRuleDao.Row row = handle.attach(AlertRuleDao.class).findAndLock(id).orElse(null);
        if (row == null || !row.enabled() || !(row.document().condition() instanceof AlertCondition.NotFinishedBy by)) {
            return 0;
        }
        AlertRule rule = row.rule();
        WatchedDay day = WatchedDay.of(by, businessDate, rule.zone());
        if (!day.deadline().isAfter(row.watchedUntil()) || day.deadline().isAfter(clock.instant())) {
            // Another server was here, or somebody changed the rule.
            return 0;
        }
        RaisingDao dao = handle.attach(RaisingDao.class);
        List<NewAlert> alerts = new ArrayList<>(late(dao, rule, day, readiness));
        alerts.addAll(NeverPlanned.of(dao, rule, day));
        dao.watched(id, day.deadline());
        return raiser.raise(handle, rule, alerts);
    }

    private static List<Unfinished> find(RaisingDao dao, AlertRule rule, WatchedDay day) {
        return dao.unfinished(
                rule.workspaceId(),
                rule.environment(),
                Nodes.of(rule.scope()),
                origins(rule),
                day.businessDate(),
                day.start(),
                day.end(),
                day.deadline(),
                ALERTS_AT_ONCE);
    }

    private static List<NewAlert> late(RaisingDao dao, AlertRule rule, WatchedDay day, Map<Long, String> readiness) {
        List<Unfinished> found = find(dao, rule, day);
        AlertText text = new AlertText(rule);
        List<NewAlert> alerts = new ArrayList<>();
        for (Unfinished late : found) {
            InstanceFacts instance = late.instance();
            boolean isLast = alerts.size() == found.size() - 1;
            long further = isLast ? late.total() - found.size() : 0;
            alerts.add(new NewAlert(
                    "instance/" + instance.instanceId(),
                    instance.nodeId(),
                    instance.nodeName(),
                    instance.instanceId(),
                    instance.attempt(),
                    text.unfinished(late, day.deadline(), readiness.get(instance.instanceId()), further)));
        }
        return alerts;
    }

    /** Why the first of them do not run, by instance. */
    private Map<Long, String> readiness(AlertRuleId id, LocalDate businessDate) {
        List<Long> waiting = jdbi.withHandle(handle -> {
            AlertRule rule = handle.attach(AlertRuleDao.class)
                    .find(id)
                    .map(AlertRuleDao.Row::rule)
                    .orElse(null);
            if (rule == null || !(rule.condition() instanceof AlertCondition.NotFinishedBy by)) {
                return List.<Long>of();
            }
            return find(handle.attach(RaisingDao.class), rule, WatchedDay.of(by, businessDate, rule.zone())).stream()
                    .filter(late -> late.finishedAt() == null)
                    .map(late -> late.instance().instanceId())
                    .limit(EXPLAINED_MAX)
                    .toList();
        });
        Map<Long, String> sentences = new HashMap<>();
        for (long instance : waiting) {
            String sentence = instances.get(new InstanceId(instance)).readiness();
            if (sentence != null) {
                sentences.put(instance, sentence);
            }
        }
        return sentences;
    }

    private int running(Handle handle, AlertRuleId id, AlertCondition.RunningLonger seen) {
        // Looked for before the rule is locked: mostly there is nothing.
        AlertRuleDao rules = handle.attach(AlertRuleDao.class);
        AlertRule rule = rules.find(id).map(AlertRuleDao.Row::rule).orElse(null);
        if (rule == null || find(handle, rule, seen).isEmpty()) {
            return 0;
        }
        AlertRule locked = rules.findAndLock(id).map(AlertRuleDao.Row::rule).orElse(null);
        if (locked == null
                || !locked.enabled()
                || !(locked.condition() instanceof AlertCondition.RunningLonger longer)) {
            return 0;
        }
        AlertText text = new AlertText(locked);
        List<NewAlert> alerts = find(handle, locked, longer).stream()
                .map(facts ->
                        NewAlert.ofAttempt(locked.limits(), facts, text.runningLonger(facts, longer, clock.instant())))
                .toList();
        return raiser.raise(handle, locked, alerts);
    }

    private List<InstanceFacts> find(Handle handle, AlertRule rule, AlertCondition.RunningLonger longer) {
        return handle.attach(RaisingDao.class)
                .runningSince(
                        rule.id(),
                        rule.workspaceId(),
                        rule.environment(),
                        Nodes.of(rule.scope()),
                        origins(rule),
                        rule.limits().oncePerInstance(),
                        clock.instant().minus(Duration.ofMinutes(longer.minutes())),
                        ALERTS_AT_ONCE);
    }

    private static String[] origins(AlertRule rule) {
        return rule.origins().stream().map(Origin::name).toArray(String[]::new);
    }
}
