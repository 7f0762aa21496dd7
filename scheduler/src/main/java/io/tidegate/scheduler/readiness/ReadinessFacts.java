package io.tidegate.scheduler.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of an instance to say why it is not running: one record for each state that is not terminal, and one for
 * both that are. They stand here and not beside the states so that instances may depend on this package and not the other way.
 */
public sealed interface ReadinessFacts {

    /**
     * It is NOT_RUN.
     *
     * @param unfinished the parents that are no success yet, those that hold it most first; at least the first few
     * @param unfinishedCount how many there are in all
     * @param freeze whether it is frozen itself, and by whom; null when it is not
     * @param zone the zone to name times in
     */
    record NotRun(
            List<Parent> unfinished,
            int unfinishedCount,
            @Nullable Freeze freeze,
            ZoneId zone) implements ReadinessFacts {
        public NotRun {
            unfinished = List.copyOf(unfinished);
            if (unfinishedCount < unfinished.size()) {
                throw new IllegalArgumentException(
                        unfinishedCount + " unfinished parents, but " + unfinished.size() + " are listed");
            }
        }
    }

    /**
     * It is WAIT_TIME.
     *
     * @param scheduledTime when it is due by its cycle
     * @param eligibleAt the earliest start: later than the scheduled time when an attempt has failed
     * @param attempts how many attempts it has had
     * @param freeze whether it is frozen, and by whom; null when it is not
     * @param dryRun whether it only passes
     * @param unplanned a parent node whose instances are not planned up to its time yet; null when there is none
     * @param now the time of asking
     * @param zone the zone to name times in
     */
    record WaitTime(
            Instant scheduledTime,
            Instant eligibleAt,
            int attempts,
            @Nullable Freeze freeze,
            boolean dryRun,
            @Nullable UnplannedParent unplanned,
            Instant now,
            ZoneId zone)
            implements ReadinessFacts {}

    /**
     * It is WAIT_RESOURCE.
     *
     * @param freeze whether it is frozen, and by whom; null when it is not
     * @param resourceGroup the group it takes a slot of
     * @param slots how many slots the group has, over all workers
     * @param used how many of them are taken
     * @param workers how many live workers serve the group
     * @param workersFree how many attempts more they can take together
     * @param ahead how many instances of the group stand before it in the queue; {@link #AHEAD_MAX} for so many or more
     * @param waited how long it has been due
     * @param nodeLimit how many instances of its node may run at once; null when there is no limit
     * @param zone the zone to name times in
     */
    record WaitResource(
            @Nullable Freeze freeze,
            String resourceGroup,
            int slots,
            int used,
            int workers,
            int workersFree,
            int ahead,
            Duration waited,
            @Nullable NodeLimit nodeLimit,
            ZoneId zone)
            implements ReadinessFacts {
        /** Nobody waits longer for a page because a queue is longer. */
        public static final int AHEAD_MAX = 1_000;
    }

    /**
     * It waits, wherever it is, because its backfill does not let it start.
     *
     * @param backfill its name
     * @param standing what the backfill does
     * @param by who paused or cancelled it; null where nobody did
     * @param since when; null where {@code by} is
     * @param reason in the user's words; may be empty
     * @param date its business date
     * @param position the turn of that date, from 1; 0 when it is not known
     * @param begun whether that date has begun
     * @param inHand the business dates that run now, those with failed instances first; at least the first few
     * @param failed an instance because of which the backfill stands still; null when there is none
     * @param zone the zone to name times in
     */
    record HeldByBackfill(
            String backfill,
            BackfillStanding standing,
            @Nullable String by,
            @Nullable Instant since,
            String reason,
            LocalDate date,
            int position,
            boolean begun,
            List<LocalDate> inHand,
            @Nullable Parent failed,
            ZoneId zone)
            implements ReadinessFacts {
        public HeldByBackfill {
            inHand = List.copyOf(inHand);
        }
    }

    /** What a backfill does, as far as it concerns its instances. */
    enum BackfillStanding {
        GOES_ON,
        PAUSED,
        HALTED,
        CANCELLED
    }

    /**
     * It is RUNNING.
     *
     * @param attempt the number of the attempt, from 1
     * @param worker who runs it
     * @param startedAt when the attempt began
     * @param leaseUntil until when the worker has promised to report
     * @param now the time of asking
     */
    record Running(int attempt, String worker, Instant startedAt, Instant leaseUntil, Instant now)
            implements ReadinessFacts {}

    /**
     * It is SUCCESS or FAILED.
     *
     * @param success which of the two
     * @param message what the last attempt said, if there was one and it said something
     */
    record Done(boolean success, @Nullable String message) implements ReadinessFacts {}

    /**
     * A parent that is not done.
     *
     * @param instanceId its id
     * @param node the name of its node
     * @param condition what keeps it
     */
    record Parent(long instanceId, String node, Condition condition) {
        /** As it is named in sentences. */
        public String text() {
            return node + " (instance " + instanceId + ", " + condition.name().toLowerCase(Locale.ROOT) + ")";
        }
    }

    /**
     * What holds a frozen instance.
     *
     * @param by the user who froze it; null when the scheduling type of its node did
     * @param since when; null when {@code by} is
     * @param reason in the user's words; may be empty
     */
    record Freeze(@Nullable String by, @Nullable Instant since, String reason) {}

    /**
     * A parent node that is planned less far than the instance: an edge may still be missing.
     *
     * @param node its name
     * @param plannedUntil the first instant that is not planned
     * @param workspace the name of its workspace
     * @param scheduled whether periodic scheduling of that workspace is on
     */
    record UnplannedParent(String node, Instant plannedUntil, String workspace, boolean scheduled) {}

    /**
     * How many instances of a node may run at once.
     *
     * @param most the limit
     * @param running how many do, in the whole installation
     */
    record NodeLimit(int most, int running) {}

    /** What keeps a parent. */
    enum Condition {
        WAITING,
        RUNNING,
        FROZEN,
        FAILED
    }
}
