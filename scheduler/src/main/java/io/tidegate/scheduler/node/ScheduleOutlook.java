package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ClockChange;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Month;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.cycle.Year;
import io.tidegate.scheduler.node.OutlookFinding.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the coming year of a node before it has begun: whether windows join without gap or overlap, whether each goes to its
 * own partition, which times the clocks change, and which months lack a chosen day.
 */
final class ScheduleOutlook {
    /** A year of a node that runs every five minutes, with some to spare; it takes well under a second. */
    static final int RUNS_MAX = 110_000;

    private final NodeDocument document;
    private final Schedule schedule;
    private final ZoneId zone;
    private final Instant now;
    private final Instant end;

    private ScheduleOutlook(NodeDocument document, ZoneId zone, Instant now) {
        this.document = document;
        this.schedule = document.schedule();
        this.zone = zone;
        this.now = now;
        this.end = now.atZone(zone).plusYears(1).toInstant();
    }

    /**
     * @param job the node's code, or null when it is no batch synchronization or cannot be read
     * @return nothing when the cycle is not sound
     */
    static Optional<Outlook> of(NodeDocument document, @Nullable SyncJobView job, ZoneId zone, Instant now) {
        return document.schedule().cycle().problems().isEmpty()
                ? Optional.of(new ScheduleOutlook(document, zone, now).look(job))
                : Optional.empty();
    }

    private Outlook look(@Nullable SyncJobView job) {
        NextTimes next = new NextTimes(schedule, zone);
        List<ScheduledTime> runs = next.realRuns(now, end, RUNS_MAX);
        boolean all = runs.size() < RUNS_MAX;
        LocalDate allUntil = all ? date(end) : date(runs.get(runs.size() - 1).instant());
        SyncWindows windows = job == null ? null : new SyncWindows(job, new ResolvedParameters(document, zone), zone);
        Set<LocalDate> changes = new TreeSet<>(daysOfClockChanges(zone));
        if (windows != null) {
            changes.addAll(daysOfClockChanges(windows.zone()));
        }
        int looked = runs.size();
        List<OutlookFinding> findings = new ArrayList<>();
        WindowSeries series = windows == null ? null : new WindowSeries(windows);
        if (series != null) {
            series.stretch(runs);
        }
        for (LocalDate change : changes) {
            if (!change.isAfter(allUntil)) {
                continue;
            }
            List<ScheduledTime> around = next.realRuns(
                    ScheduledTime.at(change.minusDays(1).atStartOfDay(), zone).instant(),
                    ScheduledTime.at(change.plusDays(2).atStartOfDay(), zone).instant(),
                    RUNS_MAX);
            looked += around.size();
            if (series != null) {
                series.stretch(around);
            }
        }
        if (series != null) {
            findings.addAll(series.findings());
        }
        noRun(runs).ifPresent(findings::add);
        daysMissing().ifPresent(findings::add);
        return new Outlook(date(now), date(end), looked, allUntil, findings, clockChanges());
    }

    private Optional<OutlookFinding> noRun(List<ScheduledTime> runs) {
        if (!runs.isEmpty()) {
            return Optional.empty();
        }
        LocalDate validTo = schedule.validTo();
        boolean over = validTo != null && validTo.isBefore(date(end));
        Finding finding = Finding.warning(
                over ? "/schedule/validTo" : "/schedule/cycle",
                "The node has no run in the coming year" + (over ? ": its validity ends on " + validTo + "." : "."),
                over ? "Choose a later end, or none." : "Look at the days that are chosen.");
        return Optional.of(new OutlookFinding(Kind.NO_RUN, 1, null, null, null, null, finding));
    }

    private Optional<OutlookFinding> daysMissing() {
        Cycle cycle = schedule.cycle();
        List<Integer> days =
                cycle instanceof Month month ? month.days() : cycle instanceof Year year ? year.days() : List.of();
        YearMonth first = null;
        int day = 0;
        int months = 0;
        for (int i = 0; i < 12; i++) {
            YearMonth month = YearMonth.from(date(now)).plusMonths(i);
            if (cycle instanceof Year year && !year.months().contains(month.getMonthValue())) {
                continue;
            }
            List<Integer> lacking = days.stream()
                    .filter(d -> d > month.lengthOfMonth())
                    .sorted()
                    .toList();
            if (!lacking.isEmpty()) {
                months++;
            }
            if (!lacking.isEmpty() && first == null) {
                first = month;
                day = lacking.get(0);
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        Finding finding = Finding.warning(
                "/schedule/cycle/days",
                "%s of the coming twelve months %s a chosen day, the first of them %s the day %d: there is no run for it."
                        .formatted(months == 1 ? "One" : months, months == 1 ? "lacks" : "lack", first, day),
                "Choose the last day of the month where that is meant.");
        return Optional.of(new OutlookFinding(
                Kind.DAY_MISSING, months, null, first.atDay(1).atStartOfDay(), null, Integer.toString(day), finding));
    }

    /** The local dates on which the clocks change, ascending; of a change at midnight both. */
    private List<LocalDate> daysOfClockChanges(ZoneId changing) {
        List<LocalDate> days = new ArrayList<>();
        ZoneOffsetTransition change = changing.getRules().nextTransition(now);
        while (change != null && change.getInstant().isBefore(end)) {
            LocalDateTime from = change.getDateTimeBefore().minusNanos(1);
            days.add(from.toLocalDate());
            LocalDate to = change.getDateTimeAfter().toLocalDate();
            if (to.isAfter(from.toLocalDate())) {
                days.add(to);
            }
            change = changing.getRules().nextTransition(change.getInstant());
        }
        return days.stream().distinct().sorted().toList();
    }

    private List<ClockChange> clockChanges() {
        List<ClockChange> changes = new ArrayList<>();
        for (LocalDate day : daysOfClockChanges(zone)) {
            if (schedule.validOn(day) && schedule.cycle().isRealRun(day)) {
                changes.addAll(schedule.cycle().clockChanges(day, zone));
            }
        }
        return changes;
    }

    private LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }
}
