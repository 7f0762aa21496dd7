package io.tidegate.scheduler.readiness;

import io.tidegate.scheduler.readiness.Readiness.Code;
import io.tidegate.scheduler.readiness.ReadinessFacts.Condition;
import io.tidegate.scheduler.readiness.ReadinessFacts.Done;
import io.tidegate.scheduler.readiness.ReadinessFacts.Freeze;
import io.tidegate.scheduler.readiness.ReadinessFacts.HeldByBackfill;
import io.tidegate.scheduler.readiness.ReadinessFacts.NodeLimit;
import io.tidegate.scheduler.readiness.ReadinessFacts.NotRun;
import io.tidegate.scheduler.readiness.ReadinessFacts.Parent;
import io.tidegate.scheduler.readiness.ReadinessFacts.Running;
import io.tidegate.scheduler.readiness.ReadinessFacts.UnplannedParent;
import io.tidegate.scheduler.readiness.ReadinessFacts.WaitResource;
import io.tidegate.scheduler.readiness.ReadinessFacts.WaitTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns facts into one sentence. Pure: the same facts, the same words. */
public final class ReadinessSentence {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int PARENTS_NAMED = 3;

    private ReadinessSentence() {}

    /** Why the instance is not running and what would make it run; for one that runs or is done, that. */
    public static Readiness of(ReadinessFacts facts) {
        if (facts instanceof NotRun notRun) {
            return notRun(notRun);
        }
        if (facts instanceof WaitTime waitTime) {
            return waitTime(waitTime);
        }
        if (facts instanceof WaitResource waitResource) {
            return waitResource(waitResource);
        }
        if (facts instanceof Running running) {
            return running(running);
        }
        if (facts instanceof HeldByBackfill held) {
            return held(held);
        }
        return done((Done) facts);
    }

    private static Readiness notRun(NotRun facts) {
        String alsoFrozen = alsoFrozen(facts.freeze(), facts.zone());
        if (facts.unfinishedCount() == 0) {
            return new Readiness(
                    Code.PARENTS_DONE_NOT_NOTICED,
                    "All parents are done; it goes on within seconds, when the scheduler next looks." + alsoFrozen);
        }
        // What needs a person's hand comes first; the rest solves itself.
        List<Parent> named = facts.unfinished().stream()
                .sorted(Comparator.comparing(Parent::condition).reversed())
                .limit(PARENTS_NAMED)
                .toList();
        int more = facts.unfinishedCount() - named.size();
        String names = named.stream().map(Parent::text).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
        Condition worst = named.isEmpty() ? Condition.WAITING : named.get(0).condition();
        return switch (worst) {
            case FAILED ->
                new Readiness(
                        Code.PARENT_FAILED,
                        "Held by " + names
                                + ": it runs when the failed one is rerun with success, or is set to success."
                                + alsoFrozen);
            case FROZEN ->
                new Readiness(
                        Code.PARENT_FROZEN,
                        "Held by " + names + ": it runs after the frozen one is unfrozen and done." + alsoFrozen);
            case RUNNING, WAITING ->
                new Readiness(
                        Code.WAITS_FOR_PARENTS,
                        "Waits for " + (named.isEmpty() ? plural(more, "parent") : names)
                                + (facts.unfinishedCount() == 1
                                        ? ": it goes on when that one is done."
                                        : ": it goes on when all of them are done.")
                                + alsoFrozen);
        };
    }

    private static Readiness waitTime(WaitTime facts) {
        if (!facts.now().isBefore(facts.eligibleAt())) {
            return due(facts);
        }
        String frozen = alsoFrozen(facts.freeze(), facts.zone());
        String then = facts.dryRun() ? "passes as a dry run" : "may run";
        String wait = duration(Duration.between(facts.now(), facts.eligibleAt()));
        if (facts.attempts() > 0 && facts.eligibleAt().isAfter(facts.scheduledTime())) {
            return new Readiness(
                    Code.WAITS_FOR_RETRY,
                    "Attempt " + facts.attempts() + " failed; attempt " + (facts.attempts() + 1) + " may begin at "
                            + local(facts.eligibleAt(), facts.zone()) + ", in " + wait + "." + frozen);
        }
        return new Readiness(
                Code.WAITS_FOR_TIME,
                "Its parents are done; it " + then + " from " + local(facts.eligibleAt(), facts.zone()) + " on, in "
                        + wait + "." + frozen);
    }

    private static Readiness due(WaitTime facts) {
        Freeze freeze = facts.freeze();
        if (freeze != null) {
            return new Readiness(
                    Code.FROZEN,
                    "It is due but " + frozen(freeze, facts.zone()) + ": it "
                            + (facts.dryRun() ? "passes as a dry run" : "goes on") + " when it is unfrozen.");
        }
        UnplannedParent unplanned = facts.unplanned();
        if (unplanned != null) {
            return new Readiness(
                    Code.PARENT_NOT_PLANNED,
                    "It is due, but its parent node " + unplanned.node() + " is planned only up to "
                            + local(unplanned.plannedUntil(), facts.zone()) + ": "
                            + (unplanned.scheduled()
                                    ? "it goes on when the scheduler has planned further, as a rule within seconds."
                                    : "it goes on after periodic scheduling of workspace " + unplanned.workspace()
                                            + " is switched on, or without this parent when somebody runs it now."));
        }
        return new Readiness(
                Code.DUE_NOT_NOTICED, "Its time has come; it goes on within seconds, when the scheduler next looks.");
    }

    private static Readiness waitResource(WaitResource facts) {
        String group = "resource group " + facts.resourceGroup();
        Freeze freeze = facts.freeze();
        if (freeze != null) {
            return new Readiness(
                    Code.FROZEN,
                    "It is due but " + frozen(freeze, facts.zone()) + ": it runs when it is unfrozen and a slot of "
                            + group + " is free.");
        }
        if (facts.workers() == 0) {
            return new Readiness(
                    Code.NO_WORKER,
                    "It waits for a slot in " + group
                            + ": no worker serves it. It runs when one is started (tidegate worker --resource-group "
                            + facts.resourceGroup() + ").");
        }
        String waited = " It has waited " + duration(facts.waited()) + ".";
        NodeLimit limit = facts.nodeLimit();
        if (limit != null && limit.running() >= limit.most()) {
            return new Readiness(
                    Code.WAITS_FOR_NODE_SLOT,
                    "Waits for a slot of its node: " + limit.running() + " of "
                            + plural(limit.most(), "instance") + " that may run at once "
                            + (limit.running() == 1 ? "runs" : "run") + ". It runs when one of them ends and a slot of "
                            + group + " is free." + waited);
        }
        if (facts.used() > facts.slots()) {
            return new Readiness(
                    Code.WAITS_FOR_SLOT,
                    facts.used() + " instances run in " + group + ", which has " + plural(facts.slots(), "slot")
                            + " now, and " + instancesBefore(facts.ahead())
                            + ": it runs when it is first and fewer than " + facts.slots() + " run." + waited);
        }
        if (facts.used() == facts.slots()) {
            return new Readiness(
                    Code.WAITS_FOR_SLOT,
                    "All " + plural(facts.slots(), "slot") + " of " + group + " are taken and "
                            + instancesBefore(facts.ahead()) + ": it runs when it is first and a slot is free."
                            + waited);
        }
        if (facts.workersFree() <= 0) {
            return new Readiness(
                    Code.WAITS_FOR_SLOT,
                    (facts.workers() == 1
                                    ? "The only worker that serves " + group + " is busy"
                                    : "All " + facts.workers() + " workers that serve " + group + " are busy")
                            + " and " + instancesBefore(facts.ahead())
                            + ": it runs when it is first and a worker has ended something."
                            + waited);
        }
        return new Readiness(
                Code.SLOT_FREE,
                (facts.slots() - facts.used()) + " of " + plural(facts.slots(), "slot") + " of " + group
                        + " are free and " + instancesBefore(facts.ahead()) + ": a worker takes it within seconds."
                        + waited);
    }

    private static Readiness held(HeldByBackfill facts) {
        String backfill = "backfill " + facts.backfill();
        return switch (facts.standing()) {
            case PAUSED ->
                new Readiness(
                        Code.BACKFILL_PAUSED,
                        "Its " + backfill + " was paused" + by(facts)
                                + ": it goes on when somebody resumes the backfill.");
            case CANCELLED ->
                new Readiness(
                        Code.BACKFILL_CANCELLED,
                        "Its " + backfill + " was cancelled" + by(facts)
                                + " before it began, so it does not run: rerun it to run it alone, or make a backfill of what is missing.");
            case HALTED ->
                new Readiness(
                        Code.WAITS_FOR_BACKFILL,
                        "Waits for its " + backfill + ", which stands still because "
                                + (facts.failed() == null ? "an instance" : named(facts.failed()))
                                + " failed: it goes on when that one succeeds or is set to success, or when somebody resumes the backfill.");
            case GOES_ON -> waitsForDate(facts, backfill);
        };
    }

    private static String named(Parent instance) {
        return instance.node() + " (instance " + instance.instanceId() + ")";
    }

    private static Readiness waitsForDate(HeldByBackfill facts, String backfill) {
        if (facts.begun()) {
            return new Readiness(
                    Code.WAITS_FOR_BACKFILL,
                    "Business date " + facts.date() + " of its " + backfill
                            + " has begun; it goes on within seconds, when the scheduler next looks.");
        }
        String first = facts.inHand().isEmpty()
                ? "the dates before it run first"
                : facts.inHand().stream()
                                .limit(PARENTS_NAMED)
                                .map(LocalDate::toString)
                                .collect(Collectors.joining(", "))
                        + (facts.inHand().size() == 1 ? " runs first" : " run first");
        return new Readiness(
                Code.WAITS_FOR_BACKFILL,
                "Waits for its " + backfill + ": business date " + facts.date() + " is number " + facts.position()
                        + " there, and " + first + ".");
    }

    private static String by(HeldByBackfill facts) {
        return (facts.by() == null ? "" : " by " + facts.by())
                + (facts.since() == null ? "" : " at " + local(facts.since(), facts.zone()))
                + (facts.reason().isBlank() ? "" : " (" + facts.reason() + ")");
    }

    private static Readiness running(Running facts) {
        String attempt = "attempt " + facts.attempt() + " on worker " + facts.worker();
        if (facts.now().isAfter(facts.leaseUntil())) {
            return new Readiness(
                    Code.LEASE_RUN_OUT,
                    "The lease of " + attempt + " ran out "
                            + duration(Duration.between(facts.leaseUntil(), facts.now()))
                            + " ago: the scheduler takes it back within seconds, and reruns it if the node has automatic reruns.");
        }
        return new Readiness(
                Code.RUNNING,
                "Running for " + duration(Duration.between(facts.startedAt(), facts.now())) + ": " + attempt + ".");
    }

    private static Readiness done(Done facts) {
        String said = facts.message() == null ? "" : " " + facts.message();
        return new Readiness(
                Code.DONE,
                facts.success()
                        ? "Done." + said
                        : "Failed." + said
                                + " It runs again when someone reruns it; setting it to success lets its children go on.");
    }

    private static String alsoFrozen(@Nullable Freeze freeze, ZoneId zone) {
        return freeze == null ? "" : " It is " + frozen(freeze, zone) + " as well, and must be unfrozen.";
    }

    private static String frozen(Freeze freeze, ZoneId zone) {
        if (freeze.by() == null || freeze.since() == null) {
            return "frozen by the scheduling type of its node";
        }
        return "frozen by " + freeze.by() + " since " + local(freeze.since(), zone)
                + (freeze.reason().isBlank() ? "" : " (" + freeze.reason() + ")");
    }

    private static String instancesBefore(int ahead) {
        if (ahead >= WaitResource.AHEAD_MAX) {
            return WaitResource.AHEAD_MAX + " instances or more are before it";
        }
        return ahead == 0
                ? "nothing is before it"
                : plural(ahead, "instance") + (ahead == 1 ? " is" : " are") + " before it";
    }

    private static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String local(Instant instant, ZoneId zone) {
        return MINUTE.format(instant.atZone(zone)) + " " + zone.getId();
    }

    /** The two largest units that are not zero; clocks of different machines may make it negative, which is shown as none. */
    private static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        if (seconds < 86_400) {
            return seconds / 3_600 + " h" + (seconds / 60 % 60 == 0 ? "" : " " + seconds / 60 % 60 + " min");
        }
        return seconds / 86_400 + " d" + (seconds / 3_600 % 24 == 0 ? "" : " " + seconds / 3_600 % 24 + " h");
    }
}
