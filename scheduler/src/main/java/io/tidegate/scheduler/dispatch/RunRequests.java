package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunRequest;
import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.Placeholders;
import io.tidegate.scheduler.parameter.UnresolvedParameterException;
import java.util.HashMap;
import java.util.Map;

/** What the engine is asked to run: the pinned code with the pinned parameters in it. */
final class RunRequests {
    private final Connections connections;

    RunRequests(Connections connections) {
        this.connections = connections;
    }

    /**
     * @throws UnresolvedParameterException when the code names a parameter that has no value
     */
    RunRequest of(ClaimedAttempt attempt) {
        return new RunRequest(
                attempt.label(),
                attempt.nodeType(),
                code(attempt),
                attempt.nodeType() == NodeType.VIRTUAL
                        ? Map.of()
                        : connections.of(attempt.workspaceId(), attempt.environment()),
                attempt.zone(),
                attempt.plan(),
                attempt.prepared(),
                attempt.rerunAsked());
    }

    private static String code(ClaimedAttempt attempt) {
        Map<String, String> values = new HashMap<>(ParameterContext.of(
                        attempt.scheduledLocal(),
                        attempt.zone(),
                        attempt.document().schedule().cycle().pace())
                .systemVariables());
        values.putAll(attempt.parameters());
        String code = attempt.document().code();
        return switch (attempt.nodeType()) {
            case BATCH_SYNC -> Placeholders.replaceInJson(code, values);
            case MAXCOMPUTE_SQL -> Placeholders.replace(code, values);
            case VIRTUAL -> "";
        };
    }
}
