package io.tidegate.engine.fault;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.plan.OffsetPlan;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a child process is asked to run.
 *
 * @param dirtyFile where every dirty record is written down
 */
record AttemptOrder(
        String label,
        String code,
        String bootstrapServers,
        DataSourceConnection.MaxCompute project,
        Instant now,
        @Nullable OffsetPlan plan,
        @Nullable PreparedCommit prepared,
        boolean rerunAsked,
        String dirtyFile) {
    static final String FILE = "order.json";

    RunRequest request() {
        return new RunRequest(
                label,
                NodeType.BATCH_SYNC,
                code,
                Map.of("kafka", new DataSourceConnection.Kafka(bootstrapServers, Map.of()), "maxcompute", project),
                ZoneId.of("Asia/Shanghai"),
                plan,
                prepared,
                rerunAsked);
    }
}
