package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.RunRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user reads when a copy cannot be made. */
class SyncFailureTest {
    /** In milliseconds: so that the broker itself deletes nothing while a test looks. */
    private static final String A_CENTURY = "3153600000000";

    private static Failed failed(RunOutcome outcome, FailureKind kind) {
        assertThat(outcome).isInstanceOf(Failed.class);
        Failed failed = (Failed) outcome;
        assertThat(failed.kind()).as(failed.message()).isEqualTo(kind);
        return failed;
    }

    private static void delete(Copies copies, long before) throws Exception {
        try (Admin admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", Copies.cluster().bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(copies.topic, 0), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }

    private static Copies threeOrders(Map<String, String> topicConfig) throws Exception {
        return Copies.of(1, topicConfig)
                .order(0, NINE, "1")
                .order(0, NINE.plusSeconds(1), "2")
                .order(0, NINE.plusSeconds(2), "3")
                .flush();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/steps/0/parameter/topic | \"no-such\" | MISSING_OBJECT | Topic no-such is not in the Kafka cluster",
                "/steps/0/parameter/partition | 7 | MISSING_OBJECT | there is no partition 7",
                "/steps/0/parameter/datasource | \"else\" | BAD_DOCUMENT | The reader names the data source 'else', but there is no Kafka data source of that name here; these are: kafka, maxcompute",
                "/steps/0/parameter/datasource | \"maxcompute\" | BAD_DOCUMENT | no Kafka data source of that name",
                "/steps/1/parameter/datasource | \"kafka\" | BAD_DOCUMENT | no MaxCompute data source of that name",
                "/steps/1/parameter/table | \"no_such\" | MISSING_OBJECT | Table no_such is not in project tidegate_prod",
                "/steps/1/parameter/column/0 | \"key\" | BAD_DOCUMENT | has no column 'key'; these are: k, v, p, o, t, amount, spare",
                "/steps/1/parameter/column/0 | \"ds\" | BAD_DOCUMENT | is a partition key",
                "/steps/1/parameter/column | [\"*\"] | BAD_DOCUMENT | has 7 columns, but the reader names 6 fields",
                "/steps/1/parameter/partition | null | BAD_DOCUMENT | is partitioned by ds, but the writer names none. Name every key, as ds=…",
                "/steps/1/parameter/partition | \"ds=1,hh=2\" | BAD_DOCUMENT | is partitioned by ds, but the writer names ds, hh",
                "/steps/1/parameter/partition | \"dt=1\" | BAD_DOCUMENT | is partitioned by ds, but the writer names dt",
                "/steps/0/parameter/column/5 | \"'x'\" | BAD_DOCUMENT | Column amount: the constant 'x' does not fit DECIMAL(10,2)",
                "/steps/0/parameter/beginDateTime | \"1\" | BAD_DOCUMENT | /steps/0/parameter/beginDateTime: '1' has 1 digits"
            })
    void what_is_missing_or_wrong_is_named(String pointer, String json, FailureKind kind, String message)
            throws Exception {
        try (Copies copies = threeOrders(Map.of()).with(pointer, json)) {
            RecordedJournal journal = new RecordedJournal();
            Failed failed = failed(copies.run(journal), kind);

            assertThat(failed.message()).contains(message);
            assertThat(failed.retryable()).isFalse();
            assertThat(journal.lines).last().asString().isEqualTo("ERROR " + failed.message());
        }
    }

    @Test
    void asking_for_a_topic_does_not_create_it() throws Exception {
        try (Copies copies = threeOrders(Map.of()).with("/steps/0/parameter/topic", "\"not-made\"")) {
            failed(copies.run(new RecordedJournal()), FailureKind.MISSING_OBJECT);
            failed(copies.run(new RecordedJournal()), FailureKind.MISSING_OBJECT);
        }
    }

    @Test
    void a_window_whose_first_records_have_expired_fails_and_names_the_partition() throws Exception {
        try (Copies copies = threeOrders(Map.of("retention.ms", A_CENTURY))) {
            delete(copies, 1);
            copies.withClock(InstantSource.fixed(Instant.parse("2127-01-01T00:00:00Z")));
            Failed failed = failed(copies.run(new RecordedJournal()), FailureKind.DATA_EXPIRED);

            assertThat(failed.message())
                    .contains("Partition 0 of topic " + copies.topic + " begins at offset ")
                    .contains("the topic keeps records for PT876000H");
            assertThat(copies.rows()).isEmpty();
        }
    }

    @Test
    void records_that_were_deleted_within_the_retention_are_reported_and_the_rest_is_copied() throws Exception {
        try (Copies copies = threeOrders(Map.of("retention.ms", A_CENTURY))) {
            delete(copies, 1);
            RecordedJournal journal = new RecordedJournal();

            assertThat(copies.run(journal)).isInstanceOf(Succeeded.class);
            assertThat(journal.lines).anyMatch(line -> line.startsWith("WARN Partition 0 begins at offset 1"));
            assertThat(copies.rows()).containsExactly("0:1", "0:2");
        }
    }

    @Test
    void records_that_were_deleted_by_hand_may_have_been_of_the_window_and_refuse_it() throws Exception {
        try (Copies copies = threeOrders(Map.of("retention.ms", "-1"))) {
            delete(copies, 1);
            Failed failed = failed(copies.run(new RecordedJournal()), FailureKind.DATA_EXPIRED);

            assertThat(failed.message()).contains("begins at offset 1").contains("so they were deleted by hand");
            assertThat(copies.rows()).isEmpty();
        }
    }

    @Test
    void a_retry_whose_records_were_deleted_meanwhile_fails() throws Exception {
        try (Copies copies = threeOrders(Map.of("retention.ms", "-1"))) {
            RecordedJournal first = new RecordedJournal();
            assertThat(copies.run(first)).isInstanceOf(Succeeded.class);
            delete(copies, 2);
            Failed failed = failed(copies.withPlan(first.plan()).run(new RecordedJournal()), FailureKind.DATA_EXPIRED);

            assertThat(failed.message()).contains("now begins at offset 2").contains("from offset 0 on");
            assertThat(copies.rows()).hasSize(3);
        }
    }

    private static RunOutcome runWith(Copies copies, DataSourceConnection kafka, DataSourceConnection maxCompute) {
        RunRequest request = new RunRequest(
                "test",
                NodeType.BATCH_SYNC,
                copies.document.text(),
                Map.of("kafka", kafka, "maxcompute", maxCompute),
                Copies.SHANGHAI,
                null,
                null);
        return new SyncRunner(InstantSource.fixed(Copies.NOW), SyncLimits.DEFAULT)
                .run(request, new RecordedJournal(), Cancellation.NEVER);
    }

    @Test
    void a_service_that_is_away_fails_soon_and_may_be_tried_again() throws Exception {
        try (Copies copies = threeOrders(Map.of())) {
            var away = new DataSourceConnection.MaxCompute("http://127.0.0.1:9/api", "p", "id", "key", null);
            long begin = System.nanoTime();
            Failed failed = failed(runWith(copies, Copies.cluster(), away), FailureKind.CONNECTION);

            assertThat(failed.retryable()).isTrue();
            assertThat(failed.message()).startsWith("MaxCompute failed while reading table");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void a_wrong_access_key_is_a_matter_of_the_connection() throws Exception {
        try (Copies copies = threeOrders(Map.of())) {
            DataSourceConnection.MaxCompute right = Copies.project();
            var wrong = new DataSourceConnection.MaxCompute(
                    right.endpoint(), right.project(), right.accessId(), "wrong", null);
            Failed failed = failed(runWith(copies, Copies.cluster(), wrong), FailureKind.CONNECTION);

            assertThat(failed.retryable()).isFalse();
            assertThat(failed.message()).doesNotContain("wrong");
        }
    }

    @Test
    void settings_that_the_kafka_client_does_not_know_fail_with_its_words() throws Exception {
        try (Copies copies = threeOrders(Map.of())) {
            var odd = new DataSourceConnection.Kafka(
                    Copies.cluster().bootstrapServers(), Map.of("security.protocol", "ODD"));
            Failed failed = failed(runWith(copies, odd, Copies.project()), FailureKind.CONNECTION);

            assertThat(failed.message()).contains("security.protocol");
        }
    }
}
