package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.ClockChange;
import java.time.LocalDate;
import java.util.List;

/**
 * The coming year of a schedule.
 *
 * @param from first local date
 * @param to last local date
 * @param runs how many runs were looked at
 * @param allUntil last local date up to which every run was looked at; after it only the days around clock changes were, since
 *     a node that runs every minute has half a million runs a year
 * @param findings the graver first
 * @param clockChanges the runs that clocks move, leave out or show twice, ascending
 */
public record Outlook(
        LocalDate from,
        LocalDate to,
        int runs,
        LocalDate allUntil,
        List<OutlookFinding> findings,
        List<ClockChange> clockChanges) {
    public Outlook {
        findings = List.copyOf(findings);
        clockChanges = List.copyOf(clockChanges);
    }
}
