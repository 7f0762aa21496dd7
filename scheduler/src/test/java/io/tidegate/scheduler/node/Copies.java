package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Batch synchronizations from their parameters, and what becomes of them at a time. */
final class Copies {
    private static final String CODE = """
            {"type": "job", "version": "2.0",
             "steps": [
              {"stepType": "kafka", "category": "reader", "name": "Reader", "parameter": {
                "datasource": "kafka_src", "topic": "orders", "column": ["__key__", "__value__"],
                "keyType": "string", "valueType": "string", %s
                "beginType": "specific", "beginDateTime": "${startTime}",
                "endType": "specific", "endDateTime": "${endTime}"}},
              {"stepType": "odps", "category": "writer", "name": "Writer", "parameter": {
                "datasource": "lake", "table": "orders", "partition": "ds=${partition}",
                "column": ["k", "v"], "truncate": %s}}],
             "order": {"hops": [{"from": "Reader", "to": "Writer"}]},
             "setting": {"errorLimit": {"record": "0"}, "speed": {"throttle": false, "concurrent": 3}}}
            """;

    private Copies() {}

    static NodeDocument of(Cycle cycle, String startTime, String endTime, String partition) {
        return withCode(cycle, CODE.formatted("", "true"), startTime, endTime, partition);
    }

    /** Windows meant in a zone of their own, and an INSERT INTO. */
    static NodeDocument into(String zone, Cycle cycle, String startTime, String endTime, String partition) {
        String code = CODE.formatted("\"timeZone\": \"" + zone + "\",", "false");
        return withCode(cycle, code, startTime, endTime, partition);
    }

    private static NodeDocument withCode(Cycle cycle, String code, String startTime, String endTime, String partition) {
        return NodeDocument.of(code, cycle)
                .withParameters(List.of(
                        new ParameterAssignment("startTime", startTime),
                        new ParameterAssignment("endTime", endTime),
                        new ParameterAssignment("partition", partition)));
    }

    /** As an attempt would read it: through the engine's parser. */
    static PreviewedRun at(NodeDocument document, LocalDateTime scheduled, ZoneId zone) {
        return new RunPreview(NodeType.BATCH_SYNC, document, zone).at(ScheduledTime.at(scheduled, zone));
    }

    static SyncWindows windows(NodeDocument document, ZoneId zone) {
        return new SyncWindows(
                SyncJobView.of(document.code()).orElseThrow(), new ResolvedParameters(document, zone), zone);
    }

    static Outlook outlook(NodeDocument document, ZoneId zone, Instant now) {
        Optional<Outlook> outlook =
                ScheduleOutlook.of(document, SyncJobView.of(document.code()).orElse(null), zone, now);
        return outlook.orElseThrow();
    }
}
