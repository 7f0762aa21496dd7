package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.alert.AlertCondition;
import io.tidegate.scheduler.alert.AlertDelivery;
import io.tidegate.scheduler.alert.AlertFilter;
import io.tidegate.scheduler.alert.AlertLimits;
import io.tidegate.scheduler.alert.AlertRule;
import io.tidegate.scheduler.alert.AlertRules;
import io.tidegate.scheduler.alert.AlertScope;
import io.tidegate.scheduler.alert.Alerts;
import io.tidegate.scheduler.alert.DeliverAlerts;
import io.tidegate.scheduler.alert.MessageText;
import io.tidegate.scheduler.alert.NewAlertRule;
import io.tidegate.scheduler.alert.QuietHours;
import io.tidegate.scheduler.alert.RaiseEventAlerts;
import io.tidegate.scheduler.alert.WatchDeadlines;
import io.tidegate.scheduler.alert.channel.AddressGuard;
import io.tidegate.scheduler.alert.channel.AddressRange;
import io.tidegate.scheduler.alert.channel.AlertChannel;
import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.alert.channel.AlertChannels;
import io.tidegate.scheduler.alert.channel.ChannelConfig;
import io.tidegate.scheduler.alert.channel.ChannelSender;
import io.tidegate.scheduler.alert.channel.ChannelType;
import io.tidegate.scheduler.alert.channel.SmtpServer;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import io.tidegate.scheduler.workspace.Environment;
import java.net.URI;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link World} with alerts, and a service on this machine that takes them. */
final class AlertWorld implements AutoCloseable {
    static final String NODE = "orders";

    final World world = new World();
    final AlertPost post = new AlertPost();
    final AddressGuard guard = new AddressGuard(AddressRange.parseAll("127.0.0.0/8"));
    final RaiseEventAlerts events = new RaiseEventAlerts(world.jdbi, world.clock);
    final WatchDeadlines deadlines = new WatchDeadlines(world.jdbi, world.clock);
    final AlertRules rules = new AlertRules(world.jdbi, world.audit, world.clock);
    final Alerts alerts = new Alerts(world.jdbi, world.audit, world.clock);
    final AlertChannels channels;
    final DeliverAlerts delivery;
    private AlertLimits limits = new AlertLimits(null, false);
    private @Nullable QuietHours quietHours;

    AlertWorld() {
        this(null);
    }

    AlertWorld(@Nullable SmtpServer mailServer) {
        channels = channels(mailServer, guard);
        MessageText text = new MessageText(URI.create("https://tidegate.example.com/"));
        delivery = new DeliverAlerts(world.jdbi, channels, text, Runnable::run, world.clock);
    }

    AlertChannels channels(@Nullable SmtpServer mailServer, AddressGuard addresses) {
        return new AlertChannels(
                world.jdbi,
                SecretKey.of(Base64.getEncoder().encodeToString(new byte[32])),
                new ChannelSender(mailServer, addresses, world.clock),
                new AlertChannels.Checker(addresses, mailServer),
                world.audit,
                world.clock);
    }

    @Override
    public void close() {
        post.close();
        world.close();
    }

    // ---- given

    /** A node that runs every hour and is tried again twice, after two minutes each. */
    AlertWorld hourlyNode() {
        world.settle();
        world.deploy(
                NODE,
                NodeType.MAXCOMPUTE_SQL,
                World.hourly(0),
                d -> d.withRerun(new RerunPolicy(RerunProperty.ALLOWED, true, 2, 2)));
        world.plan();
        return this;
    }

    AlertWorld limits(@Nullable Integer messagesAnHourMax, boolean oncePerInstance) {
        limits = new AlertLimits(messagesAnHourMax, oncePerInstance);
        return this;
    }

    AlertWorld quiet(String from, String to) {
        quietHours = new QuietHours(LocalTime.parse(from), LocalTime.parse(to));
        return this;
    }

    AlertChannel hook(String name) {
        return hook(name, ChannelType.WEBHOOK, "/hook/token-of-" + name, "");
    }

    AlertChannel hook(String name, ChannelType type, String path, String secret) {
        ChannelConfig config = new ChannelConfig.Hook(post.url(path), secret);
        return channels.create(world.workspace.id(), name, type, config, world.anna);
    }

    AlertRule rule(AlertCondition condition, AlertChannel... to) {
        return rules.create(world.workspace.id(), wanted(condition, new AlertScope.All(), to), world.anna);
    }

    NewAlertRule wanted(AlertCondition condition, AlertScope scope, AlertChannel... to) {
        List<AlertChannelId> ids = new ArrayList<>();
        for (AlertChannel channel : to) {
            ids.add(channel.id());
        }
        return new NewAlertRule(
                condition.kind().name(),
                true,
                Environment.PROD,
                scope,
                List.of(Origin.CYCLE),
                condition,
                ids,
                limits,
                quietHours);
    }

    // ---- when

    /** Runs the instance of an hour, which fails. */
    InstanceId fails(String hour, boolean retryable) {
        world.runner.nextFails(retryable);
        return runs(hour);
    }

    InstanceId runs(String hour) {
        world.clock.setLocal("2022-11-22T" + hour);
        world.settle();
        return world.at(NODE, "2022-11-22T" + hour).id();
    }

    // ---- then

    /** The oldest first. */
    List<Alert> raised() {
        AlertFilter all = new AlertFilter(Environment.PROD, null, null, null, null, false);
        List<Alert> found = new ArrayList<>(
                alerts.list(world.workspace.id(), all, null, 500).items());
        java.util.Collections.reverse(found);
        return found;
    }

    List<String> titles() {
        return raised().stream().map(Alert::title).toList();
    }

    AlertDelivery onlyDelivery(Alert alert) {
        List<AlertDelivery> found = alerts.deliveries(alert.id());
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " deliveries");
        }
        return found.get(0);
    }

    String detail(Alert alert, String label) {
        return Objects.requireNonNull(alert.details().stream()
                .filter(d -> d.label().equals(label))
                .map(d -> d.value())
                .findFirst()
                .orElse("nothing"));
    }
}
