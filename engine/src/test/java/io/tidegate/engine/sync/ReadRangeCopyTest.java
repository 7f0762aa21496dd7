package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static io.tidegate.engine.sync.Copies.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.FencedException;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.receipt.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Copies that begin or end elsewhere than at a time, from a real broker. */
class ReadRangeCopyTest {
    private static final String READER = "/steps/0/parameter/";

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

    /** Offsets 0 to 5 in partition 0, disordered; 0 and 1 in partition 1. */
    private static Copies orders() throws Exception {
        return Copies.of(2)
                .order(0, NINE.minusSeconds(9), "1")
                .order(0, NINE, "2")
                .order(0, TEN, "3")
                .order(0, NINE.plusSeconds(1), "4")
                .order(0, NINE.minusSeconds(8), "5")
                .order(0, TEN.plusSeconds(1), "6")
                .order(1, NINE.plusSeconds(2), "7")
                .order(1, TEN.plusSeconds(2), "8")
                .flush();
    }

    private static Copies from(Copies copies, String parameter, String value) {
        copies.document.without(READER + "beginDateTime");
        return copies.with(READER + parameter, '"' + value + '"');
    }

    private static Copies to(Copies copies, String parameter, String value) {
        copies.document.without(READER + "endDateTime");
        return copies.with(READER + parameter, '"' + value + '"');
    }

    @Test
    void from_the_log_start_up_to_a_time_only_the_end_filters() throws Exception {
        try (Copies copies = from(orders(), "beginType", "earliest")) {
            RecordedJournal journal = new RecordedJournal();
            Receipt receipt = succeeded(copies.run(journal));

            assertThat(copies.rows()).containsExactly("0:0", "0:1", "0:3", "0:4", "1:0");
            assertThat(receipt.windowStart()).isNull();
            assertThat(receipt.windowEnd()).isEqualTo(TEN);
            assertThat(receipt.filteredAfter()).isEqualTo(3);
            assertThat(receipt.filteredBefore()).isZero();
            assertThat(journal.lines)
                    .anyMatch(
                            line -> line.startsWith(
                                    "INFO Window: the first record that is there up to, not including, 2026-01-10 10:00:00 (Asia/Shanghai). Reading on past its end"));
        }
    }

    @Test
    void from_a_time_to_the_log_end_only_the_begin_filters() throws Exception {
        try (Copies copies = to(orders(), "endType", "latest")) {
            Receipt receipt = succeeded(copies.run(new RecordedJournal()));

            assertThat(copies.rows()).containsExactly("0:1", "0:2", "0:3", "0:5", "1:0", "1:1");
            assertThat(receipt.windowStart()).isEqualTo(NINE);
            assertThat(receipt.windowEnd()).isNull();
            assertThat(receipt.filteredBefore()).isEqualTo(1);
        }
    }

    @Test
    void from_the_log_start_to_the_log_end_everything_is_copied() throws Exception {
        try (Copies copies = to(from(orders(), "beginOffset", "seekToBeginning"), "endType", "latest")) {
            succeeded(copies.run(new RecordedJournal()));

            assertThat(copies.rows()).hasSize(8);
        }
    }

    @Test
    void from_an_offset_up_to_a_time() throws Exception {
        try (Copies copies = from(orders(), "beginOffset", "1").with(READER + "partition", "0")) {
            succeeded(copies.run(new RecordedJournal()));

            assertThat(copies.rows()).containsExactly("0:1", "0:3", "0:4");
        }
    }

    @Test
    void from_a_time_up_to_an_offset() throws Exception {
        try (Copies copies = to(orders(), "endOffset", "2")) {
            succeeded(copies.run(new RecordedJournal()));

            assertThat(copies.rows()).containsExactly("0:1", "1:0", "1:1");
        }
    }

    @Test
    void from_the_log_end_nothing_is_copied() throws Exception {
        try (Copies copies = to(from(orders(), "beginOffset", "seekToEnd"), "endType", "latest")) {
            assertThat(succeeded(copies.run(new RecordedJournal())).read()).isZero();
        }
    }

    @Test
    void delimited_text_is_copied_by_position() throws Exception {
        try (Copies copies = Copies.of(1)
                .send(0, NINE, "a|2.50|x")
                .send(0, NINE.plusSeconds(1), "b|3")
                .send(0, NINE.plusSeconds(2), "c")
                .flush()) {
            copies.with(READER + "dataFormat", "\"text\"")
                    .with(READER + "fieldDelimiter", "\"|\"")
                    .with(READER + "column", "[\"0\",\"2\",\"__partition__\",\"__offset__\",\"__timestamp__\",\"1\"]");
            succeeded(copies.run(new RecordedJournal()));

            assertThat(Copies.sql("SELECT k, v, o, amount FROM %s WHERE ds='2026011009';".formatted(copies.table)))
                    .containsExactly("a|x|0|2.5", "b|\\N|1|3", "c|\\N|2|\\N");
        }
    }

    @Test
    void a_partition_that_is_not_there_is_named_before_anything_is_read() throws Exception {
        try (Copies copies = orders().with(READER + "partition", "2")) {
            RecordedJournal journal = new RecordedJournal();

            assertThat(failed(copies.run(journal), FailureKind.MISSING_OBJECT).message())
                    .isEqualTo("Topic %s has 2 partitions, 0 to 1; there is no partition 2.".formatted(copies.topic));
            assertThat(journal.calls).containsExactly("PLAN");
        }
    }

    private static Copies ofGroup(Copies copies) {
        return to(from(copies, "beginType", "current"), "endType", "latest")
                .with(READER + "groupId", "\"group-of-" + copies.topic + '"')
                .with(READER + "autoOffsetReset", "\"earliest\"");
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Copies copies) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        Copies.cluster().bootstrapServers(),
                        "group.id",
                        "group-of-" + copies.topic,
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Map<Integer, Long> groupStandsAt(Copies copies) {
        Map<Integer, Long> offsets = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(copies)) {
            consumer.committed(new java.util.HashSet<>(
                            List.of(new TopicPartition(copies.topic, 0), new TopicPartition(copies.topic, 1))))
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition.partition(), offset.offset());
                        }
                    });
        }
        return offsets;
    }

    @Test
    void each_copy_of_a_group_goes_on_where_the_one_before_ended() throws Exception {
        try (Copies copies = ofGroup(orders()).into()) {
            succeeded(copies.run(new RecordedJournal()));
            assertThat(copies.rows()).hasSize(8);
            assertThat(groupStandsAt(copies)).isEqualTo(Map.of(0, 6L, 1, 2L));

            copies.order(1, NINE, "9").order(0, TEN, "10").flush();
            RecordedJournal journal = new RecordedJournal();
            Receipt second = succeeded(copies.run(journal));

            assertThat(second.read()).isEqualTo(2);
            assertThat(copies.rows()).hasSize(10).doesNotHaveDuplicates().contains("0:6", "1:2");
            assertThat(groupStandsAt(copies)).isEqualTo(Map.of(0, 7L, 1, 3L));
            assertThat(journal.lines)
                    .anyMatch(line ->
                            line.contains("goes on behind what was copied, at offset 7 of partition 0, offset 3"));
        }
    }

    @Test
    void copies_of_a_group_that_end_at_times_lose_and_double_nothing_though_records_are_out_of_order()
            throws Exception {
        try (Copies copies = from(orders(), "beginType", "current")
                .with(READER + "groupId", "\"group-of-" + "x\"")
                .into()) {
            ofGroup(copies).document.without(READER + "endType");
            copies.with(READER + "endDateTime", "\"20260110100000\"");
            succeeded(copies.run(new RecordedJournal()));
            // The first record at or after ten o'clock ends the copy; older ones behind it belong to the next.
            assertThat(copies.rows()).containsExactly("0:0", "0:1", "1:0");
            assertThat(groupStandsAt(copies)).isEqualTo(Map.of(0, 2L, 1, 1L));

            copies.with(READER + "endDateTime", "\"20260110110000\"");
            succeeded(copies.run(new RecordedJournal()));
            assertThat(copies.rows()).hasSize(8).doesNotHaveDuplicates();
        }
    }

    @Test
    void without_an_offset_of_the_group_and_a_reset_the_copy_fails_and_names_the_partition() throws Exception {
        try (Copies copies = ofGroup(orders()).with(READER + "autoOffsetReset", "\"none\"")) {
            assertThat(failed(copies.run(new RecordedJournal()), FailureKind.MISSING_OBJECT)
                            .message())
                    .contains("has committed no offset for partition 0 of topic " + copies.topic)
                    .contains("autoOffsetReset");
            assertThat(groupStandsAt(copies)).isEmpty();
        }
    }

    @Test
    void a_copy_that_does_not_come_to_its_commit_leaves_the_group_where_it_was() throws Exception {
        try (Copies copies = ofGroup(orders())) {
            RecordedJournal journal = new RecordedJournal().failingAtPrepared(new FencedException("lost"));
            assertThatThrownBy(() -> copies.run(journal)).isInstanceOf(FencedException.class);

            assertThat(groupStandsAt(copies)).as("where its plan begins").isEqualTo(Map.of(0, 0L, 1, 0L));
        }
    }

    @Test
    void a_commit_that_is_settled_later_moves_the_group_on_too() throws Exception {
        try (Copies copies = ofGroup(orders()).into()) {
            RecordedJournal first = new RecordedJournal().failingAtPrepared(new FencedException("killed"));
            assertThatThrownBy(() -> copies.run(first)).isInstanceOf(FencedException.class);
            copies.order(0, NINE, "9").flush();
            RecordedJournal second = new RecordedJournal();
            succeeded(
                    copies.withPlan(first.plan()).withPrepared(first.prepared()).run(second));

            assertThat(second.calls).doesNotContain("COPY");
            assertThat(copies.rows()).hasSize(8);
            assertThat(groupStandsAt(copies)).isEqualTo(Map.of(0, 6L, 1, 2L));
        }
    }

    @Test
    void a_retry_reads_its_plan_though_the_group_stands_elsewhere_by_then() throws Exception {
        try (Copies copies = ofGroup(orders())) {
            RecordedJournal first = new RecordedJournal().failingAtPlanned(new FencedException("killed"));
            assertThatThrownBy(() -> copies.run(first)).isInstanceOf(FencedException.class);
            try (KafkaConsumer<byte[], byte[]> other = consumer(copies)) {
                other.commitSync(Map.of(
                        new TopicPartition(copies.topic, 0), new OffsetAndMetadata(6),
                        new TopicPartition(copies.topic, 1), new OffsetAndMetadata(1)));
                copies.order(0, NINE, "9").flush();
                other.commitSync(Map.of(new TopicPartition(copies.topic, 0), new OffsetAndMetadata(7)));
            }
            RecordedJournal second = new RecordedJournal();
            succeeded(copies.withPlan(first.plan()).run(second));

            assertThat(copies.rows()).hasSize(8);
            assertThat(groupStandsAt(copies)).as("never back").isEqualTo(Map.of(0, 7L, 1, 2L));
            assertThat(second.lines)
                    .anyMatch(line ->
                            line.startsWith("WARN Consumer group") && line.contains("already stands at offset 7"));
        }
    }

    @Test
    void a_group_with_members_of_its_own_is_refused_before_anything_is_read() throws Exception {
        try (Copies copies = ofGroup(orders());
                KafkaConsumer<byte[], byte[]> member = consumer(copies)) {
            member.subscribe(List.of(copies.topic));
            while (member.assignment().isEmpty()) {
                member.poll(Duration.ofMillis(100));
            }
            RecordedJournal journal = new RecordedJournal();

            assertThat(failed(copies.run(journal), FailureKind.CONNECTION).message())
                    .contains("has members of its own");
            assertThat(journal.calls).doesNotContain("COPY");
        }
    }

    @Test
    void where_records_have_expired_the_reset_copies_what_is_left_and_says_so() throws Exception {
        try (Copies copies = Copies.of(1, Map.of("retention.bytes", "1000000000"))
                .order(0, NINE, "1")
                .order(0, NINE.plusSeconds(1), "2")
                .order(0, NINE.plusSeconds(2), "3")
                .flush()) {
            try (Admin admin =
                    Admin.create(Map.of("bootstrap.servers", Copies.cluster().bootstrapServers()))) {
                admin.deleteRecords(Map.of(new TopicPartition(copies.topic, 0), RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get();
            }
            assertThat(failed(copies.run(new RecordedJournal()), FailureKind.DATA_EXPIRED)
                            .message())
                    .contains("may have been deleted already");

            RecordedJournal journal = new RecordedJournal();
            succeeded(copies.with(READER + "autoOffsetReset", "\"earliest\"").run(journal));
            assertThat(copies.rows()).containsExactly("0:1", "0:2");
            assertThat(journal.lines)
                    .anyMatch(line -> line.startsWith("WARN Partition 0") && line.contains("autoOffsetReset"));
            assertThat(journal.plan().partitions()).containsExactly(new PartitionRange(0, 1, 3, EndSource.LOG_END));

            succeeded(copies.with(READER + "autoOffsetReset", "\"latest\"").run(new RecordedJournal()));
            assertThat(copies.rows()).isEmpty();
        }
    }
}
