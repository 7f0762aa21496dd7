package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.parameter.ParameterContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The windows and partitions of a batch synchronization at many scheduled times, without reading its document each time. */
final class SyncWindows {
    private final SyncJobView job;
    private final ResolvedParameters parameters;
    private final ZoneId zone;
    private final ZoneId workspaceZone;
    private final Optional<WindowBound> begin;
    private final Optional<WindowBound> end;
    private final Optional<TextTemplate> table;
    private final Optional<TextTemplate> partition;

    /**
     * What one run reads and where it writes.
     *
     * @param begin null, as the end, when the job does not read from time to time
     * @param place table and partition; null when a placeholder in them has no value
     */
    record Window(
            ScheduledTime run,
            @Nullable Instant begin,
            @Nullable Instant end,
            @Nullable Place place) {}

    /** A table, and a partition of it as {@code ds=20221121}; empty for the whole table. */
    record Place(String table, String partition) {}

    /** In the workspace's zone, unless the job names its own. */
    SyncWindows(SyncJobView job, ResolvedParameters parameters, ZoneId workspaceZone) {
        this.job = job;
        this.parameters = parameters;
        this.workspaceZone = workspaceZone;
        this.zone = windowZone(job, workspaceZone);
        this.begin = WindowBound.of(job, "beginDateTime", parameters, zone);
        this.end = WindowBound.of(job, "endDateTime", parameters, zone);
        this.table = parameters.template(job.writer("table"));
        this.partition = parameters.template(job.writer("partition"));
    }

    /** In which the windows' bounds are meant. */
    ZoneId zone() {
        return zone;
    }

    /** Whether the clocks by which the runs are scheduled change between two of them, or within a day before. */
    boolean clocksChange(Instant run, Instant next) {
        ZoneOffsetTransition change = workspaceZone.getRules().nextTransition(run.minus(Duration.ofDays(1)));
        return change != null && !change.getInstant().isAfter(next);
    }

    SyncJobView job() {
        return job;
    }

    /**
     * @throws WindowBound.NoTime when a bound is not a time there
     */
    Window at(ScheduledTime run) throws WindowBound.NoTime {
        ParameterContext context = parameters.context(run);
        boolean window = begin.isPresent() && end.isPresent();
        Place place = table.isPresent() && partition.isPresent()
                ? new Place(table.get().at(context), partition.get().at(context))
                : null;
        return new Window(
                run,
                window ? begin.get().at(run.local(), context) : null,
                window ? end.get().at(run.local(), context) : null,
                place);
    }

    /** A zone that does not exist is the engine's parser's to complain about. */
    private static ZoneId windowZone(SyncJobView job, ZoneId workspaceZone) {
        try {
            return job.reader("timeZone").isEmpty() ? workspaceZone : ZoneId.of(job.reader("timeZone"));
        } catch (DateTimeException e) {
            return workspaceZone;
        }
    }
}
