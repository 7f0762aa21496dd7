package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.NewAlert.AlertWords;
import io.tidegate.scheduler.alert.RaisingDao.EventFacts;
import io.tidegate.scheduler.alert.RaisingDao.NotPlanned;
import io.tidegate.scheduler.alert.RaisingDao.Unfinished;
import io.tidegate.scheduler.alert.channel.Message.Detail;
import io.tidegate.scheduler.alert.channel.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What alerts say: what happened, why, the facts, and what to do. All of it is made plain here, where it is written. */
final class AlertText {
    private static final int TITLE_CHARACTERS_MAX = 200;
    private static final int WHY_CHARACTERS_MAX = 1_500;
    private static final int DETAIL_CHARACTERS_MAX = 500;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final AlertRule rule;

    AlertText(AlertRule rule) {
        this.rule = rule;
    }

    AlertWords failed(EventFacts event) {
        boolean last = Boolean.TRUE.equals(event.isFinal());
        return words(
                event.instance().nodeName()
                        + (last ? " failed, and no attempt follows" : " failed; another attempt follows"),
                event.detail(),
                event.instance(),
                last
                        ? "Look at the attempt's log, mend the cause and rerun the instance. What depends on it waits."
                        : "Nothing yet: it is tried again by itself.");
    }

    AlertWords late(EventFacts event) {
        String between = event.lateOldest() == null || event.lateNewest() == null
                ? ""
                : ", from %s to %s".formatted(local(event.lateOldest()), local(event.lateNewest()));
        return words(
                "%s found %,d late records".formatted(event.instance().nodeName(), event.lateRecords()),
                "While it copied, it found %,d records of windows that had been copied before%s. Unless the node's late policy takes care of them, they are missing there."
                        .formatted(event.lateRecords(), between),
                event.instance(),
                "Look at the late records of the node, and repair the windows that lack them.");
    }

    AlertWords rowsOutside(EventFacts event, AlertCondition.RowsOutside range) {
        return words(
                "%s wrote %,d rows"
                        .formatted(event.instance().nodeName(), event.instance().rows()),
                "It wrote %,d rows where %s were expected."
                        .formatted(event.instance().rows(), range.range()),
                event.instance(),
                "Look at the receipt, and at whether the topic was written to as usual. The rows are visible already.");
    }

    AlertWords runningLonger(InstanceFacts facts, AlertCondition.RunningLonger longer, Instant now) {
        Instant since = facts.attemptStartedAt();
        long minutes =
                since == null ? longer.minutes() : Duration.between(since, now).toMinutes();
        return words(
                "%s runs for more than %d min".formatted(facts.nodeName(), longer.minutes()),
                "Attempt %d runs since %s, for %d min by now, and has not finished."
                        .formatted(facts.attempt(), since == null ? "?" : local(since), minutes),
                facts,
                "Look at the attempt's progress and log; stop it if it stands still.");
    }

    /**
     * @param readiness why it does not run; null when that is not known or it is over
     * @param further how many more instances are unfinished for which no alert is raised; 0 on all but the last
     */
    AlertWords unfinished(Unfinished late, Instant deadline, @Nullable String readiness, long further) {
        String then = late.stateThen() == null ? "not planned yet" : late.stateThen();
        StringBuilder why = new StringBuilder("At %s it was %s".formatted(local(deadline), then));
        Instant finished = late.finishedAt();
        if (finished != null) {
            why.append("; it ended as %s at %s".formatted(late.instance().state(), local(finished)));
        } else if (!late.instance().state().name().equals(then)) {
            why.append("; it is ").append(late.instance().state()).append(" now");
        }
        why.append('.');
        if (readiness != null) {
            why.append(' ').append(readiness);
        }
        if (further > 0) {
            why.append(" %,d more instances are not finished; no alert is raised for each of them.".formatted(further));
        }
        return words(
                "%s was not finished by %s".formatted(late.instance().nodeName(), local(deadline)),
                why.toString(),
                late.instance(),
                "Look at what it waits for, or at its last attempt.");
    }

    /**
     * @param further how many more nodes have no instance for which no alert is raised; 0 on all but the last
     */
    AlertWords notPlanned(
            NotPlanned node, LocalDate businessDate, LocalDateTime first, int times, Instant deadline, int further) {
        List<Detail> details = new ArrayList<>();
        add(details, "Node", named(node.nodeName(), node.nodeType(), node.workflow()));
        add(details, "Workspace", rule.workspace() + ", " + rule.environment());
        add(details, "Business date", businessDate.toString());
        add(
                details,
                "What to do",
                node.periodicScheduling()
                        ? "Look at whether the servers run and what their logs say of the duty plan-instances;"
                                + " planning catches up by itself."
                        : "Periodic scheduling of the workspace is off: switch it on, with the missed times or with a"
                                + " backfill.");
        return new AlertWords(
                PlainText.line(node.nodeName() + " was not even planned by " + local(deadline), TITLE_CHARACTERS_MAX),
                "It has %d scheduled times on that day, the first at %s, and no instance was ever made for them."
                                .formatted(times, MINUTE.format(first))
                        + (further > 0
                                ? " %,d more nodes have none either; no alert is raised for each of them."
                                        .formatted(further)
                                : ""),
                details);
    }

    private AlertWords words(String title, String why, InstanceFacts facts, String todo) {
        List<Detail> details = new ArrayList<>();
        add(details, "Node", named(facts.nodeName(), facts.nodeType(), facts.workflow()));
        add(details, "Workspace", rule.workspace() + ", " + rule.environment());
        add(
                details,
                "Instance",
                "%d (%s), scheduled %s %s, business date %s"
                        .formatted(
                                facts.instanceId(),
                                facts.origin(),
                                MINUTE.format(facts.scheduledLocal()),
                                facts.zone(),
                                facts.businessDate()));
        if (facts.attempt() != null) {
            add(details, "Attempt", Integer.toString(facts.attempt()));
        }
        if (facts.windowStart() != null || facts.windowEnd() != null) {
            add(details, "Window", "%s to %s".formatted(bound(facts.windowStart()), bound(facts.windowEnd())));
        }
        if (facts.destination() != null) {
            String partition = facts.tablePartition();
            add(details, "Table", facts.destination() + (partition == null ? "" : ", partition " + partition));
        }
        if (facts.hasReceipt()) {
            add(
                    details,
                    "Records",
                    "read %,d, written %,d, out of the window %,d, dirty %,d"
                            .formatted(
                                    facts.recordsRead(),
                                    facts.recordsWritten(),
                                    facts.recordsFiltered(),
                                    facts.recordsDirty()));
        }
        add(details, "What to do", todo);
        return new AlertWords(
                PlainText.line(title, TITLE_CHARACTERS_MAX), PlainText.line(why, WHY_CHARACTERS_MAX), details);
    }

    private static String named(String node, String type, @Nullable String workflow) {
        return node + " (" + type + (workflow == null ? ")" : ", workflow " + workflow + ")");
    }

    private static void add(List<Detail> details, String label, String value) {
        details.add(new Detail(label, PlainText.line(value, DETAIL_CHARACTERS_MAX)));
    }

    private String bound(@Nullable Instant instant) {
        ZoneId zone = rule.zone();
        return instant == null ? "open" : SECOND.format(instant.atZone(zone));
    }

    private String local(Instant instant) {
        return MINUTE.format(instant.atZone(rule.zone()));
    }
}
