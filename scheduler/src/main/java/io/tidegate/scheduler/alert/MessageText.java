package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.DeliveryDao.Told;
import io.tidegate.scheduler.alert.channel.Message;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Messages in words: one alert with all that is known of it, or a list of those that were held back. */
public final class MessageText {
    /** So many are named in one message; the others are counted. */
    static final int ALERTS_MAX = 20;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final @Nullable URI publicUrl;

    /** @param publicUrl where people reach the server, for links; null for none */
    public MessageText(@Nullable URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    /**
     * @param held why it was held back; null when it was not
     * @param alerts the first of those it tells of
     */
    Message of(String id, @Nullable HeldBecause held, List<Told> alerts) {
        List<Message.Item> items = alerts.stream().map(this::item).toList();
        if (alerts.size() == 1) {
            Told only = alerts.get(0);
            return new Message(id, only.title(), single(id, held, only, items.get(0)), items);
        }
        long total = alerts.isEmpty() ? 0 : alerts.get(0).total();
        String rule = alerts.isEmpty() ? "" : " of rule " + alerts.get(0).ruleName();
        return new Message(id, "%,d alerts%s".formatted(total, rule), summary(id, held, total, alerts), items);
    }

    private static String single(String id, @Nullable HeldBecause held, Told alert, Message.Item item) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(alert.why());
        if (item.link() != null) {
            lines.add(item.link());
        }
        lines.add("");
        alert.details().forEach(detail -> lines.add(detail.label() + ": " + detail.value()));
        lines.add("Rule: " + alert.ruleName());
        if (held != null) {
            lines.add("Raised " + local(alert) + why(held));
        }
        lines.add("Alert " + alert.id().value() + ", message " + id);
        return lines.toString();
    }

    private String summary(String id, @Nullable HeldBecause held, long total, List<Told> alerts) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add("They were raised" + (held == null ? "." : why(held)));
        for (Told alert : alerts) {
            lines.add("");
            lines.add(local(alert) + "  " + alert.title());
            lines.add(alert.why());
            String link = link(alert);
            if (link != null) {
                lines.add(link);
            }
        }
        if (total > alerts.size()) {
            lines.add("");
            lines.add("And %,d more; all of them are listed in Tidegate.".formatted(total - alerts.size()));
        }
        lines.add("");
        lines.add("Message " + id);
        return lines.toString();
    }

    private static String why(HeldBecause held) {
        return switch (held) {
            case QUIET_HOURS -> " and held back until the quiet hours were over.";
            case LIMIT -> " and held back because the rule had sent as many messages as it may within an hour.";
        };
    }

    private static String local(Told alert) {
        return MINUTE.format(alert.raisedAt().atZone(alert.timeZone()));
    }

    private Message.Item item(Told alert) {
        return new Message.Item(
                alert.id().value(),
                alert.ruleName(),
                alert.kind().name(),
                alert.workspace(),
                alert.environment().name(),
                alert.nodeId(),
                alert.nodeName(),
                alert.instanceId(),
                alert.attempt(),
                alert.raisedAt(),
                alert.title(),
                alert.why(),
                alert.details(),
                link(alert));
    }

    private @Nullable String link(Told alert) {
        if (publicUrl == null) {
            return null;
        }
        String workspace =
                URLEncoder.encode(alert.workspace(), StandardCharsets.UTF_8).replace("+", "%20");
        String page = alert.instanceId() == null ? "instances" : "instances/" + alert.instanceId();
        return publicUrl.toString().replaceAll("/+$", "") + "/w/" + workspace + "/ops/" + page + "?environment="
                + alert.environment();
    }
}
