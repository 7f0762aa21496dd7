package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was just born, with everything that its run needs.
 *
 * @param epoch what fences it: a higher one on the instance makes it a zombie
 * @param leaseUntil until when it holds without a heartbeat
 * @param document of the version the instance was generated with
 * @param parameters resolved when the instance was generated
 * @param plan of an earlier attempt of the same generation; null to make a new one
 * @param prepared by an earlier attempt, of an earlier generation too, its fate unknown; null when there is none
 * @param rerunAsked whether {@code prepared} is of an earlier generation
 */
public record ClaimedAttempt(
        AttemptId id,
        InstanceId instanceId,
        int number,
        long epoch,
        Instant leaseUntil,
        Instant startedAt,
        WorkspaceId workspaceId,
        Environment environment,
        String nodeName,
        NodeType nodeType,
        ZoneId zone,
        LocalDateTime scheduledLocal,
        NodeDocument document,
        Map<String, String> parameters,
        @Json @Nullable OffsetPlan plan,
        @Json @Nullable PreparedCommit prepared,
        boolean rerunAsked) {

    AttemptRef ref() {
        return new AttemptRef(id, instanceId, number, epoch);
    }

    String label() {
        return "instance-" + instanceId.value() + "-attempt-" + number;
    }
}
