package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.RaisingDao.Nodes;
import io.tidegate.scheduler.alert.RaisingDao.NotPlanned;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.SchedulingType;
import io.tidegate.scheduler.workspace.Environment;
import java.util.ArrayList;
import java.util.List;

/** Nodes that should have worked on a day and have no instance: nothing says that they are late but that they are not there. */
final class NeverPlanned {
    private static final int PAGE = 500;

    private NeverPlanned() {}

    private record Missing(NotPlanned node, List<ScheduledTime> times) {}

    /** An alert for each of the first; the last of these says how many more there are. Only PROD is planned. */
    static List<NewAlert> of(RaisingDao dao, AlertRule rule, WatchedDay day) {
        if (rule.environment() != Environment.PROD || !rule.origins().contains(Origin.CYCLE)) {
            return List.of();
        }
        List<Missing> told = new ArrayList<>();
        int further = 0;
        long after = 0;
        List<NotPlanned> page;
        do {
            // To the end: most of those without an instance may be nodes that do not work on this day.
            page = dao.notPlanned(rule.workspaceId(), Nodes.of(rule.scope()), day.start(), day.end(), after, PAGE);
            for (NotPlanned node : page) {
                after = node.nodeId();
                List<ScheduledTime> times = expected(node.document(), rule, day);
                if (times.isEmpty()) {
                    continue;
                }
                if (told.size() < WatchDeadlines.ALERTS_AT_ONCE) {
                    told.add(new Missing(node, times));
                } else {
                    further++;
                }
            }
        } while (page.size() == PAGE);
        List<NewAlert> alerts = new ArrayList<>();
        for (Missing missing : told) {
            alerts.add(alert(missing, rule, day, alerts.size() == told.size() - 1 ? further : 0));
        }
        return alerts;
    }

    private static List<ScheduledTime> expected(NodeDocument document, AlertRule rule, WatchedDay day) {
        if (document.schedule().type() == SchedulingType.DRY_RUN
                || !document.schedule().cycle().problems().isEmpty()) {
            return List.of();
        }
        return document.schedule().times(day.start(), day.end(), rule.zone()).stream()
                .filter(time -> !time.instant().isAfter(day.deadline()))
                .filter(time -> document.schedule().cycle().isRealRun(time))
                .toList();
    }

    private static NewAlert alert(Missing missing, AlertRule rule, WatchedDay day, int further) {
        NotPlanned node = missing.node();
        return new NewAlert(
                "node/" + node.nodeId() + "/date/" + day.businessDate(),
                node.nodeId(),
                node.nodeName(),
                null,
                null,
                new AlertText(rule)
                        .notPlanned(
                                node,
                                day.businessDate(),
                                missing.times().get(0).local(),
                                missing.times().size(),
                                day.deadline(),
                                further));
    }
}
