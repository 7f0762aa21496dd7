package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with a rule, found before it is stored. */
final class RuleChecks {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _.-]{0,99}");
    private static final int NODES_MAX = 1_000;
    private static final int CHANNELS_MAX = 20;
    private static final int DAYS_MAX = 31;
    private static final int MINUTES_MAX = 31 * 24 * 60;
    private static final int MESSAGES_MAX = 1_000;

    private final AlertRuleDao dao;
    private final WorkspaceId workspace;
    private final List<Finding> findings = new ArrayList<>();

    RuleChecks(AlertRuleDao dao, WorkspaceId workspace) {
        this.dao = dao;
        this.workspace = workspace;
    }

    List<Finding> of(NewAlertRule rule) {
        if (!NAME.matcher(rule.name()).matches()) {
            error(
                    "/name",
                    "The name is not usable.",
                    "Begin with a letter or digit; use those, spaces, '_', '.' and '-', at most 100 of them.");
        }
        if (rule.environment() == Environment.DEV && !dao.hasDev(workspace)) {
            error("/environment", "This workspace has no DEV environment.", "Choose PROD.");
        }
        if (rule.origins().isEmpty()) {
            error("/origins", "Instances of no origin are meant.", "Choose CYCLE, or others.");
        }
        checkScope(rule.scope());
        checkCondition(rule.condition());
        checkChannels(rule.channels());
        checkLimits(rule);
        return List.copyOf(findings);
    }

    private void checkScope(AlertScope scope) {
        if (scope instanceof AlertScope.OfWorkflow workflow && !dao.isWorkflow(workspace, workflow.workflowId())) {
            error("/scope/workflowId", "This workspace has no such workflow.", "Choose one of its workflows.");
        }
        if (!(scope instanceof AlertScope.Chosen chosen)) {
            return;
        }
        if (chosen.nodeIds().isEmpty() || chosen.nodeIds().size() > NODES_MAX) {
            error(
                    "/scope/nodeIds",
                    "A rule about chosen nodes has 1 to 1,000 of them.",
                    "Choose nodes, or all of them.");
            return;
        }
        long[] ids = chosen.nodeIds().stream().mapToLong(id -> id).toArray();
        Set<Long> there = new HashSet<>(dao.nodesThatAre(workspace, ids));
        for (int i = 0; i < ids.length; i++) {
            if (!there.contains(ids[i])) {
                error("/scope/nodeIds/" + i, "This workspace has no node " + ids[i] + ".", "Choose one of its nodes.");
            }
        }
    }

    private void checkCondition(AlertCondition condition) {
        if (condition instanceof AlertCondition.NotFinishedBy by) {
            checkMinute("/condition/time", by.time());
            if (by.days() < 0 || by.days() > DAYS_MAX) {
                error("/condition/days", by.days() + " is not between 0 and 31.", "Write 0 for the day itself.");
            }
        } else if (condition instanceof AlertCondition.RunningLonger longer) {
            if (longer.minutes() < 1 || longer.minutes() > MINUTES_MAX) {
                error("/condition/minutes", longer.minutes() + " is not between 1 and 44,640.", "Write minutes.");
            }
        } else if (condition instanceof AlertCondition.LateData late) {
            if (late.recordsMin() != null && late.recordsMin() < 1) {
                error("/condition/recordsMin", "Fewer than one record is no late data.", "Write 1 or more.");
            }
        } else if (condition instanceof AlertCondition.RowsOutside rows) {
            checkRows(rows);
        }
    }

    private void checkRows(AlertCondition.RowsOutside rows) {
        if (rows.min() == null && rows.max() == null) {
            error("/condition", "The range has no bound, so nothing lies outside of it.", "Give min, max or both.");
        } else if (rows.min() != null && rows.min() < 0) {
            error("/condition/min", "A copy never writes fewer than 0 rows.", "Write 0 or more.");
        } else if (rows.max() != null && rows.max() < 0) {
            error("/condition/max", "Every copy writes more than " + rows.max() + " rows.", "Write 0 or more.");
        } else if (rows.min() != null && rows.max() != null && rows.min() > rows.max()) {
            error(
                    "/condition/min",
                    "The range begins at " + rows.min() + " and ends before it at " + rows.max() + ".",
                    "Exchange min and max.");
        }
    }

    private void checkChannels(List<AlertChannelId> channels) {
        if (channels.size() > CHANNELS_MAX) {
            error("/channelIds", "A rule has at most 20 channels.", "Choose fewer.");
            return;
        }
        long[] ids = channels.stream().mapToLong(AlertChannelId::value).toArray();
        Set<Long> there = new HashSet<>(dao.channelsThatAre(workspace, ids));
        for (int i = 0; i < ids.length; i++) {
            if (!there.contains(ids[i])) {
                error("/channelIds/" + i, "This workspace has no alert channel " + ids[i] + ".", "Choose one of them.");
            }
        }
    }

    private void checkLimits(NewAlertRule rule) {
        Integer messages = rule.limits().messagesAnHourMax();
        if (messages != null && (messages < 1 || messages > MESSAGES_MAX)) {
            error(
                    "/limits/messagesAnHourMax",
                    messages + " is not between 1 and 1,000.",
                    "Write a number, null for no limit, or disable the rule.");
        }
        QuietHours quiet = rule.quietHours();
        if (quiet != null) {
            checkMinute("/quietHours/from", quiet.from());
            checkMinute("/quietHours/to", quiet.to());
            if (quiet.from().equals(quiet.to())) {
                error(
                        "/quietHours/to",
                        "Quiet hours that end when they begin are none, or the whole day.",
                        "Write another end, or leave them out.");
            }
        }
    }

    private void checkMinute(String field, LocalTime time) {
        if (time.getSecond() != 0 || time.getNano() != 0) {
            error(field, time + " is no whole minute.", "Write it as 06:30.");
        }
    }

    private void error(String field, String message, String cure) {
        findings.add(Finding.error(field, message, cure));
    }
}
