package io.tidegate.scheduler.node;

import io.tidegate.engine.sync.job.BadDocumentException;
import io.tidegate.engine.sync.job.BadDocumentException.Problem;
import io.tidegate.engine.sync.job.SyncJobParser;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.parameter.Placeholders;
import io.tidegate.scheduler.parameter.UnresolvedParameterException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the engine, which will run it, what is wrong with a script-mode document: as it stands, and as it will be run next. */
final class CodeChecks {
    private static final String CURE = "Correct this place in the code.";
    private static final String WARNING_CURE = "Leave it so if that is what you want.";

    private CodeChecks() {}

    static List<Finding> of(NodeDocument document, ZoneId zone, Instant now) {
        Map<String, Finding> byField = new LinkedHashMap<>();
        SyncJobParser.Findings found = SyncJobParser.findings(document.code(), zone);
        for (Problem problem : found.problems()) {
            String field = "/code" + problem.path();
            byField.putIfAbsent(field, Finding.error(field, problem.message(), CURE));
        }
        for (Problem problem : whenRunNext(document, zone, now)) {
            String field = "/code" + problem.path();
            // The window checks say more about these two.
            if (!field.endsWith("/beginDateTime") && !field.endsWith("/endDateTime")) {
                byField.putIfAbsent(
                        field,
                        Finding.error(field, "With the values of the next scheduled time: " + problem.message(), CURE));
            }
        }
        List<Finding> findings = new ArrayList<>(byField.values());
        for (Problem warning : found.warnings()) {
            findings.add(Finding.warning("/code" + warning.path(), warning.message(), WARNING_CURE));
        }
        return findings;
    }

    private static List<Problem> whenRunNext(NodeDocument document, ZoneId zone, Instant now) {
        List<ScheduledTime> next = new NextTimes(document.schedule(), zone).realRuns(now, 1);
        if (next.isEmpty()) {
            return List.of();
        }
        try {
            Map<String, String> values = new ResolvedParameters(document, zone).at(next.get(0));
            SyncJobParser.parse(Placeholders.replaceInJson(document.code(), values), zone);
            return List.of();
        } catch (UnresolvedParameterException e) {
            // Found by the parameter checks.
            return List.of();
        } catch (BadDocumentException e) {
            return e.problems();
        }
    }
}
