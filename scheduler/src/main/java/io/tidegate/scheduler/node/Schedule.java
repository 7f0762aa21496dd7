package io.tidegate.scheduler.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a node runs.
 *
 * @param validFrom the first local date with instances, or null for no beginning
 * @param validTo the last local date with instances, or null for no end
 * @param catchUp what becomes of times that passed while nothing ran; null for what the workspace says
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Schedule(
        @Required Cycle cycle,
        @Required SchedulingType type,
        @Required InstanceGeneration generation,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validTo,
        @Nullable CatchUp catchUp) {

    public static Schedule of(Cycle cycle) {
        return new Schedule(cycle, SchedulingType.NORMAL, InstanceGeneration.NEXT_DAY, null, null, null);
    }

    public Schedule withType(SchedulingType newType) {
        return new Schedule(cycle, newType, generation, validFrom, validTo, catchUp);
    }

    public Schedule withGeneration(InstanceGeneration newGeneration) {
        return new Schedule(cycle, type, newGeneration, validFrom, validTo, catchUp);
    }

    public Schedule withValidity(@Nullable LocalDate from, @Nullable LocalDate to) {
        return new Schedule(cycle, type, generation, from, to, catchUp);
    }

    public Schedule withCatchUp(@Nullable CatchUp newCatchUp) {
        return new Schedule(cycle, type, generation, validFrom, validTo, newCatchUp);
    }

    public boolean validOn(LocalDate date) {
        return (validFrom == null || !date.isBefore(validFrom)) && (validTo == null || !date.isAfter(validTo));
    }

    /** The scheduled times in {@code [from, to)} on dates on which the schedule is valid, dry runs among them. */
    public List<ScheduledTime> times(Instant from, Instant to, ZoneId zone) {
        return cycle.between(from.minusNanos(1), to.minusNanos(1), zone).stream()
                .filter(time -> validOn(time.local().toLocalDate()))
                .toList();
    }

    /** The last scheduled time in {@code [from, to]} on which the node is to work; looked for backwards, day by day. */
    public Optional<ScheduledTime> lastRealRun(Instant from, Instant to, ZoneId zone) {
        LocalDate first = LocalDate.ofInstant(from, zone).minusDays(1);
        for (LocalDate date = LocalDate.ofInstant(to, zone); !date.isBefore(first); date = date.minusDays(1)) {
            if (!validOn(date) || !cycle.isRealRun(date)) {
                continue;
            }
            List<ScheduledTime> times = cycle.scheduledTimes(date, zone);
            for (int i = times.size() - 1; i >= 0; i--) {
                Instant time = times.get(i).instant();
                if (!time.isAfter(to) && !time.isBefore(from)) {
                    return Optional.of(times.get(i));
                }
            }
        }
        return Optional.empty();
    }
}
