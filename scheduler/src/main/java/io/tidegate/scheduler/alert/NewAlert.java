package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.alert.channel.Message.Detail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert that a rule has found.
 *
 * @param subject what it is about: a rule raises one alert for each
 * @param instanceId null when the instance was never planned
 * @param attempt number; null when it is not about one attempt
 */
record NewAlert(
        String subject,
        long nodeId,
        String nodeName,
        @Nullable Long instanceId,
        @Nullable Integer attempt,
        AlertWords words) {

    /** About one attempt, or about the instance when the rule wants one alert of each. */
    static NewAlert ofAttempt(AlertLimits limits, InstanceFacts facts, AlertWords words) {
        String instance = "instance/" + facts.instanceId();
        return new NewAlert(
                limits.oncePerInstance() ? instance : instance + "/attempt/" + facts.attempt(),
                facts.nodeId(),
                facts.nodeName(),
                facts.instanceId(),
                facts.attempt(),
                words);
    }

    /**
     * What an alert says.
     *
     * @param title one line
     * @param why one sentence or two
     */
    record AlertWords(String title, String why, List<Detail> details) {}
}
