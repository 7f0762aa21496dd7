package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.workspace.Workspace;
import java.time.LocalTime;
import java.util.List;

/** What a new node begins with. */
final class StartingDocument {
    private static final LocalTime QUARTER_PAST_MIDNIGHT = LocalTime.of(0, 15);
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    private static final String SYNC_JOB = """
            {
              "type": "job",
              "version": "2.0",
              "steps": [
                {
                  "stepType": "kafka",
                  "category": "reader",
                  "name": "Reader",
                  "parameter": {
                    "datasource": "",
                    "topic": "",
                    "column": ["__key__", "__value__", "__partition__", "__headers__", "__offset__", "__timestamp__"],
                    "keyType": "string",
                    "valueType": "string",
                    "encoding": "UTF-8",
                    "beginType": "specific",
                    "beginDateTime": "${startTime}",
                    "endType": "specific",
                    "endDateTime": "${endTime}",
                    "skipExceedRecord": "true",
                    "stopWhenPollEmpty": "false"
                  }
                },
                {
                  "stepType": "odps",
                  "category": "writer",
                  "name": "Writer",
                  "parameter": {
                    "datasource": "",
                    "table": "",
                    "partition": "ds=${partition}",
                    "column": ["__key__", "__value__", "__partition__", "__headers__", "__offset__", "__timestamp__"],
                    "truncate": true
                  }
                }
              ],
              "order": { "hops": [{ "from": "Reader", "to": "Writer" }] },
              "setting": {
                "errorLimit": { "record": "0" },
                "speed": { "throttle": false, "concurrent": 3 }
              }
            }
            """;

    private StartingDocument() {}

    /** For a node that a user adds: it depends on the root node and, where it reads Kafka, copies the last full hour. */
    static NodeDocument of(NodeType type, Workspace workspace) {
        NodeDocument document = switch (type) {
            case BATCH_SYNC ->
                NodeDocument.of(SYNC_JOB, Hour.every(1, QUARTER_PAST_MIDNIGHT, END_OF_DAY))
                        .withParameters(List.of(
                                new ParameterAssignment("startTime", "$[yyyymmddhh24-1/24]0000"),
                                new ParameterAssignment("endTime", "$[yyyymmddhh24]0000"),
                                new ParameterAssignment("partition", "$[yyyymmddhh24]")));
            case MAXCOMPUTE_SQL -> NodeDocument.of("", new Day(QUARTER_PAST_MIDNIGHT));
            case VIRTUAL -> NodeDocument.of("", new Day(LocalTime.MIDNIGHT));
        };
        return document.withDependencies(List.of(DependencyRef.sameCycle(workspace.rootOutput())));
    }

    /** For the root node. */
    static NodeDocument ofRoot() {
        return NodeDocument.of("", new Day(LocalTime.MIDNIGHT));
    }
}
