package io.tidegate.scheduler.alert;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.cycle.TimeOfDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What is worth an alert. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AlertCondition.Failed.class, name = "FAILED"),
    @JsonSubTypes.Type(value = AlertCondition.FailedAfterReruns.class, name = "FAILED_AFTER_RERUNS"),
    @JsonSubTypes.Type(value = AlertCondition.NotFinishedBy.class, name = "NOT_FINISHED_BY"),
    @JsonSubTypes.Type(value = AlertCondition.RunningLonger.class, name = "RUNNING_LONGER"),
    @JsonSubTypes.Type(value = AlertCondition.LateData.class, name = "LATE_DATA"),
    @JsonSubTypes.Type(value = AlertCondition.RowsOutside.class, name = "ROWS_OUTSIDE"),
})
public sealed interface AlertCondition {
    @JsonIgnore
    AlertKind kind();

    /** An attempt failed or was lost, whether another one follows or not. What a user stops has not failed. */
    record Failed() implements AlertCondition {
        @Override
        public AlertKind kind() {
            return AlertKind.FAILED;
        }
    }

    /** The same, and no attempt follows by itself. */
    record FailedAfterReruns() implements AlertCondition {
        @Override
        public AlertKind kind() {
            return AlertKind.FAILED_AFTER_RERUNS;
        }
    }

    /**
     * An instance is no success at a time of day, for whatever reason; also one that was to be there by then and was never
     * planned.
     *
     * @param time in the workspace's zone
     * @param days on how many days after the one that follows the business date; 0 for that day itself
     */
    record NotFinishedBy(@TimeOfDay LocalTime time, int days) implements AlertCondition {
        @Override
        public AlertKind kind() {
            return AlertKind.NOT_FINISHED_BY;
        }

        /** When instances of a business date must be done. */
        Instant deadline(LocalDate businessDate, ZoneId zone) {
            return ScheduledTime.at(businessDate.plusDays(1L + days).atTime(time), zone)
                    .instant();
        }
    }

    /**
     * One attempt runs on and on.
     *
     * @param minutes for longer than these
     */
    record RunningLonger(int minutes) implements AlertCondition {
        @Override
        public AlertKind kind() {
            return AlertKind.RUNNING_LONGER;
        }
    }

    /**
     * A copy found records of windows that had been copied before.
     *
     * @param recordsMin how many at least; 1 when it is left out
     */
    record LateData(@Nullable Long recordsMin) implements AlertCondition {
        @Override
        public AlertKind kind() {
            return AlertKind.LATE_DATA;
        }

        boolean worthIt(long records) {
            return records >= (recordsMin == null ? 1 : recordsMin);
        }
    }

    /**
     * A copy wrote fewer or more rows than it should.
     *
     * @param min null for no lower bound
     * @param max null for no upper bound
     */
    record RowsOutside(@Nullable Long min, @Nullable Long max) implements AlertCondition {
        @Override
        public AlertKind kind() {
            return AlertKind.ROWS_OUTSIDE;
        }

        boolean isOutside(long rows) {
            return (min != null && rows < min) || (max != null && rows > max);
        }

        String range() {
            if (min != null && max != null) {
                return "%,d to %,d".formatted(min, max);
            }
            return min != null ? "%,d or more".formatted(min) : "%,d or fewer".formatted(max == null ? 0 : max);
        }
    }
}
