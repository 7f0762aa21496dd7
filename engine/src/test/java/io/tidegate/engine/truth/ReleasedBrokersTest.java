package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.kafka.KafkaCatalog;
import io.tidegate.engine.kafka.KafkaCatalog.SampleRecord;
import io.tidegate.engine.kafka.KafkaCatalog.Topic;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.sandbox.kafka.KafkaRelease;
import io.tidegate.sandbox.kafka.ReleasedBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What works on which broker: docs/brokers.md is this class in words. Brokers are started with their defaults. */
@Tag("brokers")
@ParameterizedClass
@EnumSource(KafkaRelease.class)
class ReleasedBrokersTest {
    private static final Instant NINE = Instant.parse("2026-03-06T09:00:00Z");
    private static final Span HOUR = new Span(NINE, NINE.plusSeconds(3600));
    private static final Instant NEXT_DAY = NINE.plus(Duration.ofDays(1));

    private static @Nullable ReleasedBroker started;

    private final KafkaRelease release;

    ReleasedBrokersTest(KafkaRelease release) {
        this.release = release;
    }

    @BeforeParameterizedClassInvocation
    static void start(KafkaRelease release) {
        // Made on purpose: a broker with its defaults makes every topic it is asked for.
        started = ReleasedBroker.start(release, Map.of("auto.create.topics.enable", "true"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        broker().close();
    }

    private static ReleasedBroker broker() {
        if (started == null) {
            throw new IllegalStateException("no broker was started");
        }
        return started;
    }

    private static KafkaCatalog catalog() {
        return new KafkaCatalog(new DataSourceConnection.Kafka(broker().bootstrapServers(), Map.of()));
    }

    private static TopicGenerator topic(String name, int partitions) {
        return TopicGenerator.on(broker(), name, partitions, Map.of());
    }

    private static List<Stood> log(TopicGenerator topic) {
        return PlainLog.read(topic.bootstrapServers(), topic.topic(), false);
    }

    /** Four hours around the window, in three partitions of which one is idle, out of order by up to fifty minutes. */
    private static void disordered(TopicGenerator topic) {
        Random random = new Random(3);
        for (int i = 0; i < 1200; i++) {
            Instant time = NINE.minusSeconds(3600).plusSeconds(12L * i);
            topic.send(i % 2, time.minusMillis(random.nextInt(3_000_000)));
        }
        topic.send(2, NINE.minus(Duration.ofDays(3))).flush();
    }

    @Test
    void the_catalog_knows_topics_partitions_and_records() throws Exception {
        try (TopicGenerator topic = topic("catalog", 3)) {
            topic.send(0, NINE).send(1, NINE.plusSeconds(1)).flush();
            catalog().checkReachable();

            assertThat(catalog().topics()).contains(new Topic("catalog", 3));
            assertThat(catalog().exists("catalog")).isTrue();
            assertThat(catalog().sample("catalog", 1))
                    .containsExactly(new SampleRecord(1, 0, NINE.plusSeconds(1), "k1", "n1"));
        }
    }

    @Test
    void no_question_makes_a_topic() throws Exception {
        assertThat(catalog().exists("mistyped")).isFalse();
        assertThat(catalog().sample("mistyped", 3)).isEmpty();
        Failed failed = new WindowCopies(broker().bootstrapServers(), "mistyped", NEXT_DAY).refused(HOUR);

        assertThat(failed.kind()).isEqualTo(FailureKind.MISSING_OBJECT);
        assertThat(failed.message()).contains("Topic mistyped is not in the Kafka cluster");
        assertThat(catalog().topics()).noneMatch(t -> t.name().equals("mistyped"));
    }

    @Test
    void a_window_is_copied_exactly_from_a_disordered_topic() throws Exception {
        try (TopicGenerator topic = topic("disordered", 3)) {
            disordered(topic);
            WindowCopies copies = new WindowCopies(topic, NEXT_DAY);
            copies.copyAll(HOUR.cut(Duration.ofMinutes(30)));

            assertThat(log(topic)).isEqualTo(topic.ledger());
            Verdict.exact(copies, log(topic));
            Verdict.covers(copies);
            assertThat(copies.receipts().values())
                    .allSatisfy(receipt ->
                            assertThat(receipt.partitions().get(2).read()).isZero());
        }
    }

    @Test
    void a_retry_reads_the_frozen_plan() throws Exception {
        try (TopicGenerator topic = topic("retry", 2)) {
            topic.send(0, NINE).send(1, NINE.plusSeconds(1)).flush();
            List<Stood> planned = log(topic);
            WindowCopies copies = new WindowCopies(topic, NEXT_DAY);
            copies.copy(HOUR);
            OffsetPlan plan = copies.journal().plan();
            topic.send(0, NINE.plusSeconds(2)).flush();

            assertThat(copies.run(HOUR, plan)).isInstanceOf(Succeeded.class);
            Verdict.exact(copies, HOUR, planned);
            copies.copy(HOUR);
            Verdict.exact(copies, HOUR, log(topic));
        }
    }

    @Test
    void earliest_to_latest_copies_everything() throws Exception {
        try (TopicGenerator topic = topic("everything", 2)) {
            for (int i = 0; i < 50; i++) {
                topic.send(i % 2, NINE.plus(Duration.ofDays(i - 25)));
            }
            topic.flush();
            WindowCopies copies = new WindowCopies(topic, NEXT_DAY);

            assertThat(copies.runAll()).isInstanceOf(Succeeded.class);
            assertThat(copies.rows()).isEqualTo(log(topic));
        }
    }

    @Test
    void a_record_from_the_future_whose_time_has_come_hides_nothing() throws Exception {
        try (TopicGenerator topic = topic("future", 1)) {
            for (int minute = -60; minute < 600; minute++) {
                topic.send(0, NINE.plus(Duration.ofMinutes(minute)));
                if (minute == 10) {
                    topic.send(0, NEXT_DAY);
                }
            }
            topic.flush();
            WindowCopies copies = new WindowCopies(topic, NEXT_DAY.plusSeconds(1));
            copies.copy(HOUR);

            Verdict.exact(copies, log(topic));
        }
    }

    @Test
    void records_without_timestamps_are_refused_and_can_be_read_by_offsets() throws Exception {
        assumeTrue(!release.atLeast(KafkaRelease.V3_9), "message.format.version is gone");
        try (TopicGenerator topic =
                TopicGenerator.on(broker(), "untimed", 1, Map.of("message.format.version", "0.9.0"))) {
            topic.send(0, NINE).send(0, NINE.plusSeconds(1)).flush();
            WindowCopies copies = new WindowCopies(topic, NEXT_DAY);
            Failed failed = copies.refused(HOUR);

            assertThat(failed.kind()).isEqualTo(FailureKind.DATA_EXPIRED);
            assertThat(failed.message()).contains("carry no timestamps", "message.format.version");
            assertThat(copies.runAll()).isInstanceOf(Succeeded.class);
            assertThat(copies.rows()).extracting(Stood::offset).containsExactly(0L, 1L);
        }
    }

    @Test
    void committed_records_are_read_alone_where_there_are_transactions() throws Exception {
        try (TopicGenerator topic = topic("transactions", 1)) {
            topic.send(0, NINE).flush();
            boolean known = release.atLeast(KafkaRelease.V0_11);
            if (known) {
                topic.begin("t").sendIn("t", 0, NINE.plusSeconds(1)).sendIn("t", 0, NINE.plusSeconds(2));
                topic.abort("t", 2);
                topic.begin("t").sendIn("t", 0, NINE.plusSeconds(3)).commit("t");
            }
            topic.send(0, NINE.plusSeconds(4)).flush();
            if (known) {
                topic.settle();
            }
            WindowCopies copies = new WindowCopies(topic, Instant.now()).readCommitted();
            copies.copy(HOUR);

            assertThat(copies.rows(HOUR)).isEqualTo(topic.committed());
            assertThat(copies.journal().lines.stream().anyMatch(line -> line.contains("know no transactions")))
                    .isEqualTo(!known);
        }
    }

    @Test
    void headers_come_along_where_the_broker_has_them() throws Exception {
        try (TopicGenerator topic = topic("headers", 1)) {
            boolean known = release.atLeast(KafkaRelease.V0_11);
            if (known) {
                topic.sendWithHeader(0, NINE, "source", "shop").flush();
            } else {
                assertThatThrownBy(() -> topic.sendWithHeader(0, NINE, "source", "shop"))
                        .hasMessageContaining("does not support record headers");
                topic.send(0, NINE).flush();
            }
            WindowCopies copies =
                    new WindowCopies(topic, NEXT_DAY).with("/steps/0/parameter/column/3", "\"__headers__\"");
            copies.copy(HOUR);

            assertThat(copies.rows(HOUR)).singleElement().satisfies(row -> {
                if (known) {
                    assertThat(row.value()).contains("source", "shop");
                } else {
                    assertThat(row.value()).doesNotContain("source");
                }
            });
        }
    }

    @Test
    void every_compression_that_the_broker_takes_is_read() throws Exception {
        List<String> all = release.atLeast(KafkaRelease.V2_2)
                ? List.of("gzip", "snappy", "lz4", "zstd")
                : List.of("gzip", "snappy", "lz4");
        for (String compression : all) {
            try (TopicGenerator topic = TopicGenerator.on(
                    broker(), "with-" + compression, 1, Map.of(), Map.of("compression.type", compression))) {
                for (int i = 0; i < 20; i++) {
                    topic.send(0, NINE.plusSeconds(i));
                }
                topic.flush();
                WindowCopies copies = new WindowCopies(topic, NEXT_DAY);
                copies.copy(HOUR);

                Verdict.exact(copies, log(topic));
            }
        }
    }

    @Test
    void a_time_index_that_outlives_its_deleted_record_hides_nothing() throws Exception {
        assumeTrue(release.atLeast(KafkaRelease.V0_11), "records cannot be deleted");
        try (TopicGenerator topic = topic("outlived", 1)) {
            // Wide enough to fill more than one segment, whose least size grew with the releases.
            String wide = "k".repeat(release.atLeast(KafkaRelease.V4) ? 5000 : 200);
            for (int i = 0; i < 5; i++) {
                topic.send(0, NINE.minus(Duration.ofHours(3)).plusSeconds(i), wide);
            }
            topic.send(0, NEXT_DAY, wide).flush();
            for (int i = 0; i < 300; i++) {
                topic.send(0, NINE.minus(Duration.ofHours(2)).plusSeconds(i), wide);
            }
            for (int i = 0; i < 60; i++) {
                topic.send(0, NINE.plusSeconds(i), wide);
            }
            topic.flush().deleteBefore(0, 10);
            WindowCopies copies = new WindowCopies(topic, NEXT_DAY);
            copies.copy(HOUR);

            assertThat(PlainLog.lookUp(topic.bootstrapServers(), topic.topic(), NINE.toEpochMilli()))
                    .as("the broker finds nothing")
                    .isNull();
            Verdict.exact(copies, log(topic));
            assertThat(copies.rows(HOUR)).hasSize(60);
        }
    }
}
