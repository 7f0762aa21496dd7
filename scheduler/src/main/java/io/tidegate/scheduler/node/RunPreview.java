package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.plan.ReadRange;
import io.tidegate.engine.sync.job.BadDocumentException;
import io.tidegate.engine.sync.job.MaxComputeWriter;
import io.tidegate.engine.sync.job.SyncJob;
import io.tidegate.engine.sync.job.SyncJobParser;
import io.tidegate.scheduler.cycle.ClockChange;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.parameter.Placeholders;
import io.tidegate.scheduler.parameter.UnresolvedParameterException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a document will do at its scheduled times, worked out as an attempt will do it: values first, then the engine's parser. */
public final class RunPreview {
    private final NodeDocument document;
    private final ZoneId zone;
    private final ResolvedParameters parameters;
    private final Optional<SyncWindows> windows;
    private final boolean copies;

    public RunPreview(NodeType type, NodeDocument document, ZoneId zone) {
        this.document = document;
        this.zone = zone;
        this.parameters = new ResolvedParameters(document, zone);
        this.copies = type == NodeType.BATCH_SYNC;
        this.windows = copies
                ? SyncJobView.of(document.code()).map(job -> new SyncWindows(job, parameters, zone))
                : Optional.empty();
    }

    /** The table and partition that is written at a time, for comparing; empty for nodes that copy nothing, and when unknown. */
    public Optional<String> destination(ScheduledTime time) {
        try {
            SyncWindows.Place place =
                    windows.isPresent() ? windows.get().at(time).place() : null;
            return place == null ? Optional.empty() : Optional.of(place.table() + " " + place.partition());
        } catch (WindowBound.NoTime e) {
            return Optional.empty();
        }
    }

    /** When the window of a time begins; empty for nodes that copy nothing, and when no time begins it. */
    public Optional<Instant> windowStart(ScheduledTime time) {
        try {
            return windows.isPresent()
                    ? Optional.ofNullable(windows.get().at(time).begin())
                    : Optional.empty();
        } catch (WindowBound.NoTime e) {
            return Optional.empty();
        }
    }

    /** What is copied at a time; empty for nodes that copy nothing, and where the code cannot be read with its values. */
    public Optional<SyncJob> job(ScheduledTime time) {
        try {
            return copies ? Optional.of(job(parameters.at(time))) : Optional.empty();
        } catch (BadDocumentException | UnresolvedParameterException e) {
            return Optional.empty();
        }
    }

    public PreviewedRun at(ScheduledTime time) {
        Schedule schedule = document.schedule();
        boolean dryRun =
                schedule.type() == SchedulingType.DRY_RUN || !schedule.cycle().isRealRun(time);
        PreviewedRun.Copy copy = null;
        String problem = null;
        if (copies) {
            try {
                copy = copy(parameters.at(time));
            } catch (BadDocumentException e) {
                problem = e.problems().isEmpty()
                        ? e.getMessage()
                        : e.problems().get(0).path() + " " + e.problems().get(0).message();
                copy = asFarAsWritten(time);
            } catch (UnresolvedParameterException e) {
                problem = e.getMessage();
                copy = asFarAsWritten(time);
            }
        }
        return new PreviewedRun(time, dryRun, parameters.preview(time), copy, problem, clockChange(time));
    }

    private PreviewedRun.Copy copy(Map<String, String> values) throws BadDocumentException {
        SyncJob job = job(values);
        ReadRange range = job.reader().range();
        MaxComputeWriter writer = job.writer();
        return new PreviewedRun.Copy(
                range.windowStart(),
                range.windowEnd(),
                windows.map(SyncWindows::zone).orElse(zone),
                writer.table(),
                writer.partition().stream()
                        .map(level -> level.key() + "=" + level.value())
                        .collect(Collectors.joining(",")));
    }

    private SyncJob job(Map<String, String> values) throws BadDocumentException {
        return SyncJobParser.parse(Placeholders.replaceInJson(document.code(), values), zone);
    }

    /** A node whose data source or table is not chosen yet has its windows all the same. */
    private PreviewedRun.@Nullable Copy asFarAsWritten(ScheduledTime time) {
        if (windows.isEmpty()) {
            return null;
        }
        try {
            SyncWindows.Window window = windows.get().at(time);
            SyncWindows.Place place = window.place();
            return new PreviewedRun.Copy(
                    window.begin(),
                    window.end(),
                    windows.get().zone(),
                    place == null ? "" : place.table(),
                    place == null ? "" : place.partition());
        } catch (WindowBound.NoTime e) {
            return null;
        }
    }

    private @Nullable ClockChange clockChange(ScheduledTime time) {
        Cycle cycle = document.schedule().cycle();
        return cycle.clockChanges(time.local().toLocalDate(), zone).stream()
                .filter(change -> time.equals(change.runsAt()))
                .findFirst()
                .orElse(null);
    }
}
