package io.tidegate.web.node;

import io.tidegate.scheduler.cycle.ClockChange;
import io.tidegate.scheduler.node.PreviewedRun;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One scheduled time to come. */
public record PreviewedTimeView(
        Instant scheduledTime,
        LocalDateTime scheduledLocal,
        LocalDate businessDate,
        boolean dryRun,
        List<Parameter> parameters,
        @Nullable Copy copy,
        @Nullable String problem,
        @Nullable ClockChangeView clockChange) {

    public record Parameter(
            String name,
            @Nullable String expression,
            @Nullable String value,
            @Nullable String error) {}

    /** Bounds also on the clock that the document means them by. */
    public record Copy(
            @Nullable Instant begin,
            @Nullable LocalDateTime beginLocal,
            @Nullable Instant end,
            @Nullable LocalDateTime endLocal,
            ZoneId timeZone,
            String table,
            String partition) {
        static Copy of(PreviewedRun.Copy copy) {
            return new Copy(
                    copy.begin(),
                    local(copy.begin(), copy.zone()),
                    copy.end(),
                    local(copy.end(), copy.zone()),
                    copy.zone(),
                    copy.table(),
                    copy.partition());
        }

        private static @Nullable LocalDateTime local(@Nullable Instant instant, ZoneId zone) {
            return instant == null ? null : LocalDateTime.ofInstant(instant, zone);
        }
    }

    /**
     * @param wall the time as the cycle has it
     * @param runsAt when it runs; null when it is left out
     */
    public record ClockChangeView(
            LocalDateTime wall,
            ClockChange.Effect effect,
            @Nullable Instant runsAt) {
        static ClockChangeView of(ClockChange change) {
            return new ClockChangeView(
                    change.wall(),
                    change.effect(),
                    change.runsAt() == null ? null : change.runsAt().instant());
        }
    }

    /** @param expressions what the parameters were written as, by name */
    public static PreviewedTimeView of(PreviewedRun run, Map<String, String> expressions) {
        LocalDateTime local = run.scheduledTime().local();
        return new PreviewedTimeView(
                run.scheduledTime().instant(),
                local,
                local.toLocalDate().minusDays(1),
                run.dryRun(),
                run.parameters().stream()
                        .map(value -> new Parameter(
                                value.name(), expressions.get(value.name()), value.value(), value.error()))
                        .toList(),
                run.copy() == null ? null : Copy.of(run.copy()),
                run.problem(),
                run.clockChange() == null ? null : ClockChangeView.of(run.clockChange()));
    }
}
