package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the scheduled times that passed while nothing ran. A time that is not caught up is missed: its instance is
 * there, is a dry run and says why, so that no time is lost without a trace.
 *
 * @param maxAgeMinutes times that lie further back are missed under every policy; null for no limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatchUp(Policy policy, @Nullable Integer maxAgeMinutes) {
    /** Every time runs, however late. */
    public static final CatchUp DEFAULT = new CatchUp(Policy.ALL, null);

    /** From then on a time is late, and a scheduler that does nothing has paused: servers are restarted within less. */
    public static final Duration LATE = Duration.ofMinutes(10);

    private static final int LONGEST_AGE = 366 * 24 * 60;

    /** Which of the times that passed still run. */
    public enum Policy {
        /** All of them, the oldest first. */
        ALL,
        /** The last one only. */
        LATEST,
        /** None that is {@link #LATE} or more: the next one is the next that comes. */
        NONE
    }

    /** What keeps it from being used; the fields are those of this record. */
    public List<CycleProblem> problems() {
        var problems = new ArrayList<CycleProblem>();
        if (maxAgeMinutes != null && (maxAgeMinutes < 1 || maxAgeMinutes > LONGEST_AGE)) {
            problems.add(new CycleProblem(
                    "maxAgeMinutes",
                    maxAgeMinutes + " is not between 1 and " + LONGEST_AGE,
                    "write minutes, at most a year of them, or leave it out"));
        }
        return problems;
    }

    /** Whether it lets every time run, so that there is nothing to look for. */
    public boolean runsAll() {
        return policy == Policy.ALL && maxAgeMinutes == null;
    }

    /**
     * Whether a time that passed still runs.
     *
     * @param latest the last one that passed, itself or a later one
     * @param now when it is looked at
     */
    public boolean runs(Instant time, Instant latest, Instant now) {
        if (maxAgeMinutes != null && Duration.between(time, now).compareTo(Duration.ofMinutes(maxAgeMinutes)) > 0) {
            return false;
        }
        return switch (policy) {
            case ALL -> true;
            case LATEST -> !time.isBefore(latest);
            case NONE -> Duration.between(time, now).compareTo(LATE) < 0;
        };
    }
}
