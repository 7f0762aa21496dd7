package io.tidegate.app.server;

import io.tidegate.app.process.Closing;
import io.tidegate.scheduler.alert.AlertRules;
import io.tidegate.scheduler.alert.AlertSettings;
import io.tidegate.scheduler.alert.Alerts;
import io.tidegate.scheduler.alert.DeliverAlerts;
import io.tidegate.scheduler.alert.MessageText;
import io.tidegate.scheduler.alert.RaiseEventAlerts;
import io.tidegate.scheduler.alert.WatchDeadlines;
import io.tidegate.scheduler.alert.channel.AddressGuard;
import io.tidegate.scheduler.alert.channel.AlertChannels;
import io.tidegate.scheduler.alert.channel.ChannelSender;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.trigger.Duty;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;

/** Everything about alerts: what is asked through the API, and the duties that raise and send them. */
record AlertParts(AlertChannels channels, AlertRules rules, Alerts alerts, List<Duty> duties) {
    private static final int SENDING_THREADS = 8;

    static AlertParts of(
            Jdbi jdbi, SecretKey key, AlertSettings settings, Audit audit, InstantSource clock, Closing closing) {
        AddressGuard guard = new AddressGuard(settings.allowedAddresses());
        AlertChannels channels = new AlertChannels(
                jdbi,
                key,
                new ChannelSender(settings.mailServer(), guard, clock),
                new AlertChannels.Checker(guard, settings.mailServer()),
                audit,
                clock);
        RaiseEventAlerts events = new RaiseEventAlerts(jdbi, clock);
        WatchDeadlines deadlines = new WatchDeadlines(jdbi, clock);
        MessageText text = new MessageText(settings.publicUrl());
        DeliverAlerts deliver = new DeliverAlerts(jdbi, channels, text, senders(closing), clock);
        return new AlertParts(
                channels,
                new AlertRules(jdbi, audit, clock),
                new Alerts(jdbi, audit, clock),
                List.of(
                        new Duty("raise-event-alerts", Duration.ofSeconds(5), events::tick),
                        new Duty("watch-deadlines", Duration.ofSeconds(30), deadlines::tick),
                        new Duty("deliver-alerts", Duration.ofSeconds(5), deliver::tick)));
    }

    private static ExecutorService senders(Closing closing) {
        ExecutorService senders = Executors.newFixedThreadPool(SENDING_THREADS, task -> {
            Thread thread = new Thread(task, "alert-sender");
            thread.setDaemon(true);
            return thread;
        });
        AutoCloseable stop = senders::shutdownNow;
        closing.add(stop);
        return senders;
    }
}
