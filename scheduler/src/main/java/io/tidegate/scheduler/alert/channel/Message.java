package io.tidegate.scheduler.alert.channel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent, before a service's own form is given to it. Texts are plain: no markup, no control characters but line ends.
 *
 * @param id the same with every try, so that a receiver can tell a repetition
 * @param title one line
 * @param text the whole message in lines, without the title
 * @param alerts what it tells of; none in a test
 */
public record Message(String id, String title, String text, List<Item> alerts) {
    public Message {
        alerts = List.copyOf(alerts);
    }

    /**
     * One alert, for receivers that are programs.
     *
     * @param instance null when the instance was never planned
     * @param link null when the server does not know its public address
     */
    public record Item(
            long alert,
            String rule,
            String kind,
            String workspace,
            String environment,
            long node,
            String nodeName,
            @Nullable Long instance,
            @Nullable Integer attempt,
            Instant raisedAt,
            String title,
            String why,
            List<Detail> details,
            @Nullable String link) {
        public Item {
            details = List.copyOf(details);
        }
    }

    /** A line of facts. */
    public record Detail(String label, String value) {}
}
