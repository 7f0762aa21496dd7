package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Predicate;

/** Which times of a node that was behind are not caught up. */
final class MissedTimes {
    private MissedTimes() {}

    /**
     * @param ofWorkspace counts where the schedule has no policy of its own
     * @param behindSince up to where the node was planned when it was found to be behind
     */
    static Predicate<ScheduledTime> of(
            Schedule schedule, CatchUp ofWorkspace, Instant behindSince, Instant now, ZoneId zone) {
        CatchUp policy = policy(schedule, ofWorkspace);
        if (policy.runsAll() || !isPause(behindSince, now)) {
            return time -> false;
        }
        Instant latest = schedule.lastRealRun(behindSince, now, zone)
                .map(ScheduledTime::instant)
                .orElse(now);
        return time -> !time.instant().isAfter(now) && !policy.runs(time.instant(), latest, now);
    }

    static boolean isPause(Instant from, Instant now) {
        return from.plus(CatchUp.LATE).isBefore(now);
    }

    static CatchUp policy(Schedule schedule, CatchUp ofWorkspace) {
        CatchUp own = schedule.catchUp();
        return own == null ? ofWorkspace : own;
    }
}
