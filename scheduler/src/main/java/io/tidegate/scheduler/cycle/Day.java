package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Once a day.
 *
 * @param runAt the time of day; 00:00 when the document has none
 */
public record Day(@TimeOfDay LocalTime runAt) implements Cycle {

    @JsonCreator
    static Day fromJson(@JsonProperty("runAt") @TimeOfDay @Nullable LocalTime runAt) {
        return new Day(runAt == null ? LocalTime.MIDNIGHT : runAt);
    }

    @Override
    public List<CycleProblem> problems() {
        return new CycleChecks().wholeMinute("runAt", runAt).problems();
    }

    @Override
    public List<LocalTime> wallTimes() {
        DayOfTimes.requireSound(this);
        return List.of(runAt);
    }

    @Override
    public Frequency frequency() {
        return Frequency.DAY;
    }
}
