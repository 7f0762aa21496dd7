package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.CycleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the schedule, the rerun policy and the like are within their ranges. */
final class ScheduleChecks {
    private static final int MOST_RERUNS = 10;
    private static final int LONGEST_RERUN_INTERVAL = 30;
    private static final int LONGEST_TIMEOUT = 168 * 60;

    private ScheduleChecks() {}

    static List<Finding> of(NodeDocument document) {
        List<Finding> findings = new ArrayList<>();
        Schedule schedule = document.schedule();
        for (CycleProblem problem : schedule.cycle().problems()) {
            findings.add(Finding.error(
                    "/schedule/cycle/" + problem.field(), sentence(problem.message()), sentence(problem.cure())));
        }
        if (schedule.validFrom() != null
                && schedule.validTo() != null
                && schedule.validTo().isBefore(schedule.validFrom())) {
            findings.add(Finding.error(
                    "/schedule/validTo",
                    "The validity ends on " + schedule.validTo() + ", before it begins on " + schedule.validFrom()
                            + ".",
                    "Choose a later end, or none."));
        }
        if (schedule.catchUp() != null) {
            for (CycleProblem problem : schedule.catchUp().problems()) {
                findings.add(Finding.error(
                        "/schedule/catchUp/" + problem.field(), sentence(problem.message()), sentence(problem.cure())));
            }
        }
        rerun(document.rerun(), findings);
        rerunAfterTimeout(document, findings);
        range(
                "/priority",
                "priority",
                document.priority(),
                NodeDocument.LOWEST_PRIORITY,
                NodeDocument.HIGHEST_PRIORITY,
                findings);
        if (document.timeoutMinutes() != null) {
            range("/timeoutMinutes", "timeout in minutes", document.timeoutMinutes(), 1, LONGEST_TIMEOUT, findings);
        }
        if (document.maxParallel() != null) {
            range(
                    "/maxParallel",
                    "number of instances at once",
                    document.maxParallel(),
                    1,
                    NodeDocument.MOST_PARALLEL,
                    findings);
        }
        return findings;
    }

    private static void rerun(RerunPolicy rerun, List<Finding> findings) {
        range("/rerun/count", "number of reruns", rerun.count(), 0, MOST_RERUNS, findings);
        range(
                "/rerun/intervalMinutes",
                "rerun interval in minutes",
                rerun.intervalMinutes(),
                1,
                LONGEST_RERUN_INTERVAL,
                findings);
        if (rerun.autoRerun() && rerun.property() == RerunProperty.DENIED) {
            findings.add(Finding.error(
                    "/rerun/autoRerun",
                    "The node may not run again, and yet is to run again by itself after an error.",
                    "Allow reruns upon failure, or switch the automatic rerun off."));
        }
    }

    private static void rerunAfterTimeout(NodeDocument document, List<Finding> findings) {
        if (!Boolean.TRUE.equals(document.rerun().afterTimeout())) {
            return;
        }
        if (!document.rerun().autoRerun()) {
            findings.add(Finding.warning(
                    "/rerun/afterTimeout",
                    "The node is to run again after a timeout, but does not run again by itself.",
                    "Switch the automatic rerun on, or the rerun after a timeout off."));
        } else if (document.timeoutMinutes() == null) {
            findings.add(Finding.warning(
                    "/rerun/afterTimeout",
                    "The node is to run again after a timeout, but has none.",
                    "Give a timeout, or switch the rerun after it off."));
        }
    }

    private static void range(String field, String what, int value, int lowest, int highest, List<Finding> findings) {
        if (value < lowest || value > highest) {
            findings.add(Finding.error(
                    field, "The " + what + " is " + value + ".", "Choose " + lowest + " to " + highest + "."));
        }
    }

    /** A cycle's problems come as parts of sentences. */
    static String sentence(String part) {
        String capital = part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
