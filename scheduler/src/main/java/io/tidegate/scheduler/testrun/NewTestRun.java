package io.tidegate.scheduler.testrun;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish to run a node once.
 *
 * @param code what to run
 * @param version of the committed code; null for the newest, and for the draft
 * @param businessDate the parameters get the values they have on the day after it; null for those of this minute
 * @param at which scheduled time of that day, in the workspace's zone; null for the first, and without a business date
 * @param parameters values by name, instead of what the expressions say
 */
public record NewTestRun(
        Code code,
        @Nullable Integer version,
        @Nullable LocalDate businessDate,
        @Nullable LocalTime at,
        Map<String, String> parameters) {
    public NewTestRun {
        parameters = Map.copyOf(parameters);
    }

    /** Which code of the node. */
    public enum Code {
        /** As it was last saved. */
        DRAFT,
        /** A version. */
        COMMITTED
    }
}
