package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static io.tidegate.engine.sync.Copies.NOW;
import static io.tidegate.engine.sync.Copies.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.FencedException;
import io.tidegate.engine.Progress;
import io.tidegate.engine.Progress.Stage;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Cancelled;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.PartitionReceipt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Whole copies from a real broker to the local MaxCompute; what the table shows is asked for by SQL. */
class SyncRunnerTest {
    private static Receipt succeeded(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return Objects.requireNonNull(((Succeeded) outcome).receipt());
    }

    private static Failed failed(RunOutcome outcome, FailureKind kind) {
        assertThat(outcome).isInstanceOf(Failed.class);
        Failed failed = (Failed) outcome;
        assertThat(failed.kind()).as(failed.message()).isEqualTo(kind);
        return failed;
    }

    /** Two partitions with records before, in and after the window, out of order; five belong to the window. */
    private static Copies aDisorderedHour() throws Exception {
        return Copies.of(3)
                .order(0, NINE.minusMillis(1), "1")
                .order(0, NINE, "2")
                .order(0, TEN, "3")
                .order(0, TEN.minusMillis(1), "4.5")
                .order(0, NINE.minusSeconds(3600), "5")
                .order(0, NINE.plusSeconds(1800), "6")
                .order(1, TEN.plusSeconds(60), "7")
                .order(1, NINE.plusSeconds(1), "8")
                .order(1, TEN.plusSeconds(120), "9")
                .order(1, NINE.plusSeconds(2), "10")
                .flush();
    }

    private static final List<String> THE_HOUR = List.of("0:1", "0:3", "0:5", "1:1", "1:3");

    @Test
    void an_hour_is_copied_exactly_whatever_the_order_of_its_records() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            RecordedJournal journal = new RecordedJournal();
            Receipt receipt = succeeded(copies.run(journal));

            assertThat(copies.rows()).isEqualTo(THE_HOUR);
            assertThat(Copies.sql("SELECT SUM(amount) FROM %s WHERE ds='2026011009';".formatted(copies.table)))
                    .containsExactly("30.5");
            assertThat(journal.plan().partitions())
                    .containsExactly(
                            new PartitionRange(0, 1, 6, EndSource.LOG_END),
                            new PartitionRange(1, 0, 4, EndSource.LOG_END),
                            new PartitionRange(2, 0, 0, EndSource.LOG_END));
            assertThat(journal.plan().topicId()).isNotNull();
            assertThat(receipt.read()).isEqualTo(9);
            assertThat(receipt.written()).isEqualTo(5);
            assertThat(receipt.filteredBefore()).isEqualTo(1);
            assertThat(receipt.filteredAfter()).isEqualTo(3);
            assertThat(receipt.filtered()).isEqualTo(4);
            assertThat(receipt.dirty()).isZero();
            assertThat(receipt.bytesRead()).isPositive();
            assertThat(receipt.windowStart()).isEqualTo(NINE);
            assertThat(receipt.windowEnd()).isEqualTo(TEN);
            assertThat(receipt.tablePartition()).isEqualTo("ds=2026011009");
            assertThat(receipt.finishedAt()).isEqualTo(NOW);
            assertThat(receipt.partitions())
                    .containsExactly(
                            new PartitionReceipt(0, 1, 6, 5, 3, 2, 0, NINE, TEN.minusMillis(1)),
                            new PartitionReceipt(1, 0, 4, 4, 2, 2, 0, NINE.plusSeconds(1), NINE.plusSeconds(2)),
                            new PartitionReceipt(2, 0, 0, 0, 0, 0, 0, null, null));
        }
    }

    @Test
    void an_attempt_writes_down_what_it_does_in_the_promised_order() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            RecordedJournal journal = new RecordedJournal();
            Receipt receipt = succeeded(copies.run(journal));

            assertThat(journal.calls).containsExactly("PLAN", "planned", "COPY", "COMMIT", "prepared", "DONE");
            Progress copied = journal.progress.stream()
                    .filter(p -> p.stage() == Stage.COMMIT)
                    .findFirst()
                    .orElseThrow();
            assertThat(copied.planned()).isEqualTo(9);
            assertThat(copied.passed()).isEqualTo(9);
            assertThat(copied.read()).isEqualTo(9);
            assertThat(copied.written()).isEqualTo(5);
            assertThat(copied.filtered()).isEqualTo(4);
            assertThat(journal.prepared().uploadId()).isEqualTo(receipt.uploadId());
            assertThat(journal.prepared().blocks()).containsExactly(0L, 1L);
            assertThat(journal.lines)
                    .contains(
                            "INFO Window: 2026-01-10 09:00:00 up to, not including, 2026-01-10 10:00:00 (Asia/Shanghai). Reading on past its end for late records: PT1H, or to the log end.",
                            "INFO Partition 0: offsets 1 to 5, 5 in all, to the log end as it was.",
                            "INFO Partition 2: nothing to read (offset 0).",
                            "INFO Made partition ds=2026011009 of table %s.".formatted(copies.table))
                    .allMatch(line -> line.startsWith("INFO"));
        }
    }

    @Test
    void overwriting_twice_leaves_the_same_rows_and_the_same_checksum() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            Receipt first = succeeded(copies.run(new RecordedJournal()));
            Receipt second = succeeded(copies.run(new RecordedJournal()));

            assertThat(copies.rows()).isEqualTo(THE_HOUR);
            assertThat(second.checksum()).isEqualTo(first.checksum());
            assertThat(second.uploadId()).isNotEqualTo(first.uploadId());
        }
    }

    @Test
    void an_empty_window_empties_the_partition() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            succeeded(copies.run(new RecordedJournal()));
            copies.with("/steps/0/parameter/beginDateTime", "\"20260110020000\"")
                    .with("/steps/0/parameter/endDateTime", "\"20260110030000\"");
            Receipt receipt = succeeded(copies.run(new RecordedJournal()));

            assertThat(receipt.written()).isZero();
            assertThat(copies.rows()).isEmpty();
        }
    }

    @Test
    void inserting_adds_to_what_is_there() throws Exception {
        try (Copies copies = aDisorderedHour().into()) {
            succeeded(copies.run(new RecordedJournal()));
            succeeded(copies.run(new RecordedJournal()));

            assertThat(copies.rows()).hasSize(10);
        }
    }

    @Test
    void a_plan_ends_behind_the_allowed_lateness_and_finds_what_came_late() throws Exception {
        try (Copies copies = Copies.of(1)
                .order(0, NINE, "1")
                .order(0, TEN, "2")
                .order(0, NINE.plusSeconds(5), "3")
                .order(0, TEN.plusSeconds(600), "4")
                .order(0, NINE.plusSeconds(6), "5")
                .flush()) {
            RecordedJournal journal = new RecordedJournal();
            copies.with("/steps/0/parameter/allowedLateness", "\"PT10M\"");
            succeeded(copies.run(journal));
            assertThat(journal.plan().partitions()).containsExactly(new PartitionRange(0, 0, 3, EndSource.TIMESTAMP));
            assertThat(copies.rows()).containsExactly("0:0", "0:2");

            copies.with("/steps/0/parameter/allowedLateness", "\"log-end\"");
            succeeded(copies.run(new RecordedJournal()));
            assertThat(copies.rows()).containsExactly("0:0", "0:2", "0:4");
        }
    }

    @Test
    void a_producer_with_a_wrong_clock_costs_no_records() throws Exception {
        try (Copies copies = Copies.of(1)
                .order(0, NINE, "1")
                .order(0, NOW.plusSeconds(86_400), "2")
                .order(0, NINE.plusSeconds(5), "3")
                .flush()
                .with("/steps/0/parameter/allowedLateness", "\"PT0S\"")) {
            RecordedJournal journal = new RecordedJournal();
            succeeded(copies.run(journal));

            assertThat(copies.rows()).containsExactly("0:0", "0:2");
            assertThat(journal.lines).anyMatch(line -> line.startsWith("WARN Partition 0: the record at offset 1"));
        }
    }

    /** Four transactions of three records each, the second and the fourth aborted; markers stand at offsets 3, 7, 11, 15. */
    private static void sendTransactions(Copies copies) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        Copies.cluster().bootstrapServers(),
                        "transactional.id",
                        copies.topic,
                        "batch.size",
                        1),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            for (int transaction = 0; transaction < 4; transaction++) {
                producer.beginTransaction();
                for (int i = 0; i < 3; i++) {
                    long time = NINE.plusSeconds(60 * transaction + i).toEpochMilli();
                    var unused = producer.send(
                            new ProducerRecord<>(copies.topic, 0, time, "k", "{\"amount\":" + transaction + "}"));
                }
                producer.flush();
                if (transaction % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
    }

    @Test
    void aborted_transactions_are_left_out_where_the_job_reads_committed() throws Exception {
        try (Copies copies = Copies.of(1).with("/steps/0/parameter/isolationLevel", "\"read_committed\"")) {
            sendTransactions(copies);
            Receipt receipt = succeeded(copies.run(new RecordedJournal()));

            assertThat(copies.rows()).containsExactly("0:0", "0:1", "0:10", "0:2", "0:8", "0:9");
            assertThat(receipt.read()).isEqualTo(6);
        }
    }

    @Test
    void markers_of_transactions_with_the_brokers_clock_do_not_cut_a_past_window_short() throws Exception {
        // Planned by the real clock, so that the markers do not look as if they came from the future.
        try (Copies copies = Copies.of(1).withClock(InstantSource.system())) {
            sendTransactions(copies);
            RecordedJournal journal = new RecordedJournal();
            succeeded(copies.run(journal));

            assertThat(copies.rows()).hasSize(12);
            assertThat(journal.lines).anyMatch(line -> line.contains("answered with offset 3"));
        }
    }

    @Test
    void a_retry_reads_the_plan_of_the_first_attempt() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            RecordedJournal first = new RecordedJournal().failingAtPlanned(new FencedException("killed"));
            assertThatThrownBy(() -> copies.run(first)).isInstanceOf(FencedException.class);
            copies.order(0, NINE.plusSeconds(7), "99").flush();
            RecordedJournal second = new RecordedJournal();
            succeeded(copies.withPlan(first.plan()).run(second));

            assertThat(copies.rows()).isEqualTo(THE_HOUR);
            assertThat(second.calls).doesNotContain("planned");
        }
    }

    @Test
    void a_plan_of_another_window_is_not_read() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            RecordedJournal first = new RecordedJournal();
            succeeded(copies.run(first));
            copies.withPlan(first.plan()).with("/steps/0/parameter/endDateTime", "\"20260110110000\"");

            assertThat(failed(copies.run(new RecordedJournal()), FailureKind.BAD_DOCUMENT)
                            .message())
                    .contains("Rerun the instance by hand");
        }
    }

    @Test
    void cancelling_leaves_nothing_visible() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            AtomicBoolean asked = new AtomicBoolean();
            Copies.maxCompute().faults().slowBlocks(Duration.ofSeconds(1), 9);
            RecordedJournal journal = new RecordedJournal();
            copies.withCancellation(() -> asked.getAndSet(journal.calls.contains("COPY")));

            assertThat(copies.run(journal)).isEqualTo(new Cancelled());
            assertThat(copies.rows()).isEmpty();
            assertThat(journal.calls).doesNotContain("prepared");
        }
    }

    @Test
    void an_attempt_that_lost_its_lease_does_not_commit() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            RecordedJournal journal = new RecordedJournal().failingAtPrepared(new FencedException("lost"));

            assertThatThrownBy(() -> copies.run(journal)).isInstanceOf(FencedException.class);
            assertThat(copies.rows()).isEmpty();
        }
    }

    @Test
    void one_dirty_record_too_many_fails_the_copy_and_leaves_nothing_visible() throws Exception {
        try (Copies copies =
                aDisorderedHour().send(0, NINE.plusSeconds(9), "no json").flush()) {
            RecordedJournal journal = new RecordedJournal();
            Failed failed = failed(copies.run(journal), FailureKind.DIRTY_LIMIT);

            assertThat(failed.retryable()).isFalse();
            assertThat(failed.message()).startsWith("1 record does not convert, more than the 0 that the job allows.");
            assertThat(journal.dirty).hasSize(1);
            assertThat(journal.dirty.get(0).offset()).isEqualTo(6);
            assertThat(journal.dirty.get(0).excerpt()).isEqualTo("no json");
            assertThat(copies.rows()).isEmpty();
        }
    }

    @Test
    void dirty_records_within_the_limit_are_left_out_and_counted_once_though_their_block_is_written_twice()
            throws Exception {
        try (Copies copies = aDisorderedHour()
                .send(0, NINE.plusSeconds(9), "{\"amount\":\"much\"}")
                .flush()
                .with("/setting/errorLimit/record", "1")) {
            Copies.maxCompute().faults().failBlock(0, 1);
            RecordedJournal journal = new RecordedJournal();
            Receipt receipt = succeeded(copies.run(journal));

            assertThat(copies.rows()).isEqualTo(THE_HOUR);
            assertThat(receipt.dirty()).isEqualTo(1);
            assertThat(receipt.read()).isEqualTo(receipt.written() + receipt.filtered() + receipt.dirty());
            assertThat(journal.dirty).hasSize(1);
            assertThat(journal.dirty.get(0).column()).isEqualTo("amount");
        }
    }

    @Test
    void a_block_that_goes_idle_is_ended_and_another_one_is_begun() throws Exception {
        SyncLimits restless = Copies.LIMITS.withBlockIdle(Duration.ofNanos(1));
        try (Copies copies = Copies.of(1).withLimits(restless)) {
            // One record to a poll, so that each finds the block of the one before idle.
            copies.with("/steps/0/parameter/kafkaConfig", "{\"max.poll.records\":\"1\"}");
            for (int i = 0; i < 4; i++) {
                copies.order(0, NINE.plusSeconds(i), "1");
            }
            copies.flush();
            RecordedJournal journal = new RecordedJournal();
            succeeded(copies.run(journal));

            assertThat(journal.prepared().blocks()).containsExactly(0L, 1L, 2L, 3L);
            assertThat(copies.rows()).containsExactly("0:0", "0:1", "0:2", "0:3");
        }
    }

    @Test
    void columns_that_the_job_does_not_name_stay_null() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            succeeded(copies.run(new RecordedJournal()));

            assertThat(Copies.sql(
                            "SELECT COUNT(*) FROM %s WHERE spare IS NULL AND k IS NOT NULL;".formatted(copies.table)))
                    .containsExactly("5");
        }
    }

    @Test
    void offsets_are_read_as_the_job_names_them() throws Exception {
        try (Copies copies = aDisorderedHour()) {
            copies.document
                    .without("/steps/0/parameter/beginDateTime")
                    .without("/steps/0/parameter/endDateTime")
                    .with("/steps/0/parameter/beginOffset", "1")
                    .with("/steps/0/parameter/endOffset", "3")
                    .with("/steps/0/parameter/partition", "1");
            Receipt receipt = succeeded(copies.run(new RecordedJournal()));

            assertThat(copies.rows()).containsExactly("1:1", "1:2");
            assertThat(receipt.windowStart()).isNull();
        }
    }

    @Test
    void a_throttle_holds_the_copy_back_without_changing_it() throws Exception {
        try (Copies copies = Copies.of(1).with("/setting/speed", "{\"throttle\":true,\"mbps\":1}")) {
            String value = "{\"amount\":1,\"text\":\"" + "x".repeat(100_000) + "\"}";
            for (int i = 0; i < 15; i++) {
                copies.send(0, NINE.plusSeconds(i), value);
            }
            copies.flush();
            long begin = System.nanoTime();
            succeeded(copies.run(new RecordedJournal()));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1400));
            assertThat(copies.rows()).hasSize(15);
        }
    }
}
