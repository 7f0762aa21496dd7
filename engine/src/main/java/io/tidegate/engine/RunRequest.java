package io.tidegate.engine;

import io.tidegate.engine.plan.OffsetPlan;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything one attempt needs to know.
 *
 * @param label names the attempt in logs and in the Kafka client id, for example {@code instance-41-attempt-2}
 * @param type what to run
 * @param code the node's code with every scheduling parameter replaced by its value: the script-mode document for
 *     {@link NodeType#BATCH_SYNC}, statements for {@link NodeType#MAXCOMPUTE_SQL}, empty for {@link NodeType#VIRTUAL}
 * @param dataSources the connections that the code may name, by data source name, of the one environment it runs in
 * @param zone the zone that local times in the code are in, unless the code names its own
 * @param plan the frozen plan of an earlier automatic attempt of the same instance, or null to make a new one
 * @param prepared the commit that an earlier attempt of the same instance had prepared and whose fate nobody knows, or
 *     null; it is settled before anything is read. A rerun that a user asked for needs it too: while it is open, a copy
 *     could be doubled by it
 * @param rerunAsked whether a user asked for this run after {@code prepared} was made. If that commit turns out to be
 *     done, INSERT INTO has then done what was asked, and INSERT OVERWRITE goes on to copy anew
 */
public record RunRequest(
        String label,
        NodeType type,
        String code,
        Map<String, DataSourceConnection> dataSources,
        ZoneId zone,
        @Nullable OffsetPlan plan,
        @Nullable PreparedCommit prepared,
        boolean rerunAsked) {

    public RunRequest {
        dataSources = Map.copyOf(dataSources);
    }

    /** For an attempt that no user asked for. */
    public RunRequest(
            String label,
            NodeType type,
            String code,
            Map<String, DataSourceConnection> dataSources,
            ZoneId zone,
            @Nullable OffsetPlan plan,
            @Nullable PreparedCommit prepared) {
        this(label, type, code, dataSources, zone, plan, prepared, false);
    }

    /** Without the code and the connections, which may hold secrets. */
    @Override
    public String toString() {
        return "RunRequest[" + label + ", " + type + "]";
    }
}
