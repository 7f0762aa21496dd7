package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.OverLengthReceipt;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.PartitionReceipt;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.engine.receipt.Timings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EngineJsonTest {
    private static final ObjectMapper JSON = EngineJson.mapper();
    private static final Instant TIME = Instant.parse("2026-11-22T09:00:00.123456789Z");

    private static final LateRun LATE = new LateRun(0, 5, 5, TIME.minusSeconds(60), TIME.minusSeconds(60));

    private static final Receipt RECEIPT = new Receipt(
            "orders",
            "p.t",
            null,
            WriteMode.INTO,
            TIME,
            null,
            10,
            7,
            2,
            1,
            1,
            1,
            1234,
            TIME,
            TIME,
            2.5,
            "00ff",
            null,
            new Timings(1.5, 2, 3, 4, 5, 6, 7, 8),
            List.of(new PartitionReceipt(0, 1, 11, 10, 7, 2, 1, TIME, null, 3L, 2)),
            "id-1",
            new LateReceipt(LatePolicy.REPAIR, 2, 1, List.of(LATE)),
            new OverLengthReceipt(OverLengthReceipt.Rule.TRUNCATE, new TreeMap<>(Map.of("note", 3L))));

    @Test
    void a_plan_comes_back_as_it_was() throws Exception {
        OffsetPlan plan = new OffsetPlan(
                "orders", null, TIME, null, TIME, List.of(new PartitionRange(0, 1, 11, EndSource.LOG_END, 3L)));
        JsonNode json = JSON.valueToTree(plan);

        assertThat(JSON.treeToValue(json, OffsetPlan.class)).isEqualTo(plan);
        assertThat(json.get("plannedAt").asText()).isEqualTo("2026-11-22T09:00:00.123456789Z");
        assertThat(json.has("topicId")).isTrue();
        assertThat(json.get("topicId").isNull()).isTrue();
    }

    @Test
    void a_prepared_commit_comes_back_as_it_was() throws Exception {
        PreparedCommit prepared = new PreparedCommit("upload", List.of(0L, 3L), RECEIPT, List.of(LATE));

        assertThat(JSON.readValue(JSON.writeValueAsString(prepared), PreparedCommit.class))
                .isEqualTo(prepared);
    }

    @Test
    void what_earlier_versions_stored_is_read_without_what_they_did_not_know() throws Exception {
        ObjectNode prepared = JSON.valueToTree(new PreparedCommit("upload", List.of(), RECEIPT, List.of(LATE)));
        prepared.remove("late");
        prepared.withObject("/receipt").remove(List.of("late", "topicId", "overLength"));
        prepared.withObject("/receipt/timings").remove(List.of("waitingForMapper", "waitingForRecords"));
        ((ObjectNode) prepared.at("/receipt/partitions/0")).remove(List.of("late", "lateFrom"));
        PreparedCommit read = JSON.treeToValue(prepared, PreparedCommit.class);

        assertThat(read.late()).isEmpty();
        assertThat(read.receipt().late()).isNull();
        assertThat(read.receipt().overLength()).isNull();
        assertThat(read.receipt().timings()).isEqualTo(new Timings(1.5, 2, 3, 4, 5, 6, 0, 0));
        assertThat(read.receipt().partitions())
                .containsExactly(new PartitionReceipt(0, 1, 11, 10, 7, 2, 1, TIME, null));
        assertThat(JSON.readValue(
                        "{\"partition\":0,\"begin\":1,\"end\":2,\"endSource\":\"LOG_END\"}", PartitionRange.class))
                .isEqualTo(new PartitionRange(0, 1, 2, EndSource.LOG_END));
    }

    @Test
    void progress_dirty_records_and_connections_come_back_as_they_were() throws Exception {
        Progress progress = new Progress(Progress.Stage.COPY, 1, 2, 3, 4, 5, 6, 7, 8.5, 9, 10.5);
        DirtyRecord dirty = new DirtyRecord(1, 2, "c", "x", "why");
        DataSourceConnection kafka = new DataSourceConnection.Kafka("h:1", Map.of("a", "b"));

        assertThat(JSON.readValue(JSON.writeValueAsString(progress), Progress.class))
                .isEqualTo(progress);
        assertThat(JSON.readValue(JSON.writeValueAsString(dirty), DirtyRecord.class))
                .isEqualTo(dirty);
        assertThat(JSON.readValue(JSON.writeValueAsString(kafka), DataSourceConnection.class))
                .isEqualTo(kafka);
    }

    @Test
    void a_receipt_of_an_older_version_has_no_timings() throws Exception {
        JsonNode old = JSON.valueToTree(RECEIPT);
        ((ObjectNode) old).remove("timings");

        Receipt receipt = JSON.treeToValue(old, Receipt.class);
        assertThat(receipt.timings()).isNull();
        assertThat(receipt.written()).isEqualTo(7);
    }

    @Test
    void fields_of_a_newer_version_are_passed_over() throws Exception {
        assertThat(JSON.readValue(
                                "{\"uploadId\":\"u\",\"blocks\":[],\"receipt\":null,\"newer\":1}", PreparedCommit.class)
                        .uploadId())
                .isEqualTo("u");
    }

    @Test
    void secrets_of_a_connection_do_not_show_in_its_text() {
        assertThat(new DataSourceConnection.MaxCompute("http://e", "p", "id", "the-secret", null).toString())
                .doesNotContain("the-secret");
        assertThat(new DataSourceConnection.Kafka("h:1", Map.of("sasl.jaas.config", "the-secret")).toString())
                .doesNotContain("the-secret");
    }
}
