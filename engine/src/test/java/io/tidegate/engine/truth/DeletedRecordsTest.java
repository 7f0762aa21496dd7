package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Logs with holes: compaction, retention and deleted records. A copy is exact, or it fails and says why. */
class DeletedRecordsTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Span HOUR = new Span(NINE, NINE.plusSeconds(3600));
    private static final Instant NOW = NINE.plus(Duration.ofHours(30));
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Map<String, String> compacted() {
        return new HashMap<>(
                Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.01", "min.compaction.lag.ms", "0"));
    }

    private static List<Stood> log(TopicGenerator topic) {
        return PlainLog.read(topic.bootstrapServers(), topic.topic(), false);
    }

    /** Waits until compaction has removed the record with that value. */
    private static void awaitRemoval(TopicGenerator topic, String value) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> log(topic).stream().noneMatch(s -> s.value().equals(value)));
    }

    /** Enough records that the segments before them are closed, and may be cleaned. */
    private static void filler(TopicGenerator topic, Instant from, int count) {
        for (int i = 0; i < count; i++) {
            topic.send(0, from.plusMillis(i), "filler-" + from.toEpochMilli() + "-" + i + "-".repeat(100));
        }
        topic.flush();
    }

    @Test
    void a_compacted_range_without_its_last_record_is_read_to_its_end() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("deleted-last", 1, compacted())) {
            for (int i = 0; i < 60; i++) {
                topic.send(0, NINE.plusSeconds(i), "hot-" + i % 7);
            }
            filler(topic, NINE.plus(Duration.ofHours(3)), 300);
            topic.send(0, NINE.plus(Duration.ofHours(4)), "hot-3").flush();
            filler(topic, NINE.plus(Duration.ofHours(4)), 400);
            awaitRemoval(topic, "n59");
            awaitRemoval(topic, "n3");
            WindowCopies copies = new WindowCopies(topic, NOW);
            copies.copy(HOUR);

            Verdict.exact(copies, log(topic));
        }
    }

    @Test
    void a_time_index_that_outlives_its_record_by_compaction_does_not_hide_what_stands_behind_it() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("deleted-phantom", 1, compacted())) {
            filler(topic, NINE.minusSeconds(600), 20);
            // The only record of its producer: compaction takes it, but keeps its batch without records, with its time.
            topic.sendAlone(0, NINE.plus(Duration.ofDays(1)), "hot");
            filler(topic, NINE.minusSeconds(300), 300);
            for (int i = 0; i < 60; i++) {
                topic.send(0, NINE.plusSeconds(i), "cold-" + i);
            }
            filler(topic, NINE.plus(Duration.ofHours(3)), 300);
            topic.send(0, NINE.plus(Duration.ofHours(4)), "hot").flush();
            filler(topic, NINE.plus(Duration.ofHours(4)), 400);
            awaitRemoval(topic, "n20");
            WindowCopies copies = new WindowCopies(topic, NOW);
            copies.copy(HOUR);

            assertThat(copies.rows(HOUR)).hasSize(60);
            Verdict.exact(copies, log(topic));
        }
    }

    @Test
    void a_time_index_that_outlives_its_deleted_record_does_not_hide_what_stands_behind_it() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("deleted-index", 1, Map.of())) {
            filler(topic, NINE.minusSeconds(9000), 5);
            topic.send(0, NINE.plus(Duration.ofDays(1))).flush();
            filler(topic, NINE.minusSeconds(8000), 300);
            for (int i = 0; i < 60; i++) {
                topic.send(0, NINE.plusSeconds(i));
            }
            filler(topic, NINE.plus(Duration.ofHours(3)), 300);
            topic.deleteBefore(0, 10);
            WindowCopies copies = new WindowCopies(topic, NOW);
            copies.copy(HOUR);

            assertThat(copies.rows(HOUR)).hasSize(60);
            Verdict.exact(copies, log(topic));
        }
    }

    @Test
    void a_window_that_records_were_deleted_from_by_hand_fails_and_names_the_partition() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("deleted-hand", 2, Map.of())) {
            for (int i = 0; i < 60; i++) {
                topic.send(0, NINE.plusSeconds(i)).send(1, NINE.plusSeconds(i));
            }
            topic.flush().deleteBefore(1, 30);
            WindowCopies copies = new WindowCopies(topic, NOW);

            Failed failed = copies.refused(HOUR);
            assertThat(failed.kind()).isEqualTo(FailureKind.DATA_EXPIRED);
            assertThat(failed.message())
                    .contains("Partition 1", "offset 30", "set autoOffsetReset to earliest in the reader");
            assertThat(failed.retryable()).isFalse();

            // The cure that it names, for whoever knows what was deleted.
            copies.with("/steps/0/parameter/autoOffsetReset", "\"earliest\"").copy(HOUR);
            assertThat(copies.rows(HOUR)).hasSize(90);
        }
    }

    @Test
    void a_window_that_retention_has_cut_fails_however_disordered_its_first_records_are() throws Exception {
        try (TopicGenerator topic =
                TopicGenerator.onSandbox("deleted-disorder", 1, Map.of("retention.ms", "86400000000"))) {
            topic.send(0, NINE.plusSeconds(1)).send(0, NINE.minusSeconds(1)).send(0, NINE.plusSeconds(2));
            topic.flush().deleteBefore(0, 1);
            // A thousand days later: retention may have taken the first record, and the second proves nothing.
            WindowCopies copies = new WindowCopies(topic, NINE.plus(Duration.ofDays(1001)));

            assertThat(copies.refused(HOUR).kind()).isEqualTo(FailureKind.DATA_EXPIRED);
        }
    }

    @Test
    void retention_that_takes_segments_of_the_window_makes_it_fail() throws Exception {
        Instant now = Instant.now();
        Span old = new Span(now.minus(Duration.ofHours(5)), now.minus(Duration.ofHours(3)));
        Span young = new Span(now.minus(Duration.ofMinutes(50)), now.minus(Duration.ofMinutes(10)));
        try (TopicGenerator topic = TopicGenerator.onSandbox("deleted-retention", 1, Map.of())) {
            for (int minute = 300; minute > 0; minute--) {
                topic.send(0, now.minus(Duration.ofMinutes(minute)), "k".repeat(500));
            }
            topic.flush();
            topic.configure("retention.ms", Long.toString(Duration.ofHours(4).toMillis()));
            Awaitility.await().atMost(LIMIT).until(() -> log(topic).get(0).offset() > 0);
            WindowCopies copies = new WindowCopies(topic, now);

            assertThat(copies.refused(old).kind()).isEqualTo(FailureKind.DATA_EXPIRED);
            copies.copy(young);
            Verdict.exact(copies, log(topic));
            assertThat(copies.rows(young)).hasSize(40);
        }
    }

    @Test
    void records_deleted_between_plan_and_retry_fail_the_retry() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("deleted-retry", 1, Map.of())) {
            for (int i = 0; i < 60; i++) {
                topic.send(0, NINE.plusSeconds(i));
            }
            topic.flush();
            WindowCopies copies = new WindowCopies(topic, NOW);
            copies.copy(HOUR);
            var plan = copies.journal().plan();
            topic.deleteBefore(0, 30);

            assertThat(copies.run(HOUR, plan))
                    .isInstanceOfSatisfying(
                            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.DATA_EXPIRED));
            assertThat(copies.rows(HOUR)).as("what an earlier copy wrote stays").hasSize(60);
        }
    }
}
