package io.tidegate.web.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.node.Outlook;
import io.tidegate.scheduler.node.OutlookFinding;
import io.tidegate.web.node.PreviewedTimeView.ClockChangeView;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The coming year of a schedule. */
record OutlookView(
        LocalDate from,
        LocalDate to,
        int runs,
        LocalDate allUntil,
        List<FindingView> findings,
        List<ClockChangeView> clockChanges) {

    record FindingView(
            OutlookFinding.Kind kind,
            int count,
            @Nullable LocalDateTime firstRun,
            @Nullable LocalDateTime from,
            @Nullable LocalDateTime to,
            @Nullable String place,
            Finding.Severity severity,
            String field,
            String message,
            String cure) {
        static FindingView of(OutlookFinding found) {
            return new FindingView(
                    found.kind(),
                    found.count(),
                    found.firstRun(),
                    found.from(),
                    found.to(),
                    found.place(),
                    found.finding().severity(),
                    found.finding().field(),
                    found.finding().message(),
                    found.finding().cure());
        }
    }

    static OutlookView of(Outlook outlook) {
        return new OutlookView(
                outlook.from(),
                outlook.to(),
                outlook.runs(),
                outlook.allUntil(),
                outlook.findings().stream().map(FindingView::of).toList(),
                outlook.clockChanges().stream().map(ClockChangeView::of).toList());
    }
}
