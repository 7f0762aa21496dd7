package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Topics that grow partitions, or are deleted and made anew, while windows are being copied. */
class ChangingTopicTest {
    private static final Instant NINE = Instant.parse("2026-03-04T09:00:00Z");
    private static final Span FIRST = new Span(NINE, NINE.plusSeconds(3600));
    private static final Span SECOND = new Span(FIRST.end(), FIRST.end().plusSeconds(3600));

    private static List<Stood> log(TopicGenerator topic) {
        return PlainLog.read(topic.bootstrapServers(), topic.topic(), false);
    }

    private static void twoHours(TopicGenerator topic, int partition) {
        for (int minute = 0; minute < 120; minute += 5) {
            topic.send(partition, NINE.plus(Duration.ofMinutes(minute)));
        }
        topic.flush();
    }

    private static void grow(TopicGenerator topic, int partitions) throws Exception {
        topic.addPartitions(partitions);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> PlainLog.partitions(topic.bootstrapServers(), topic.topic()) == partitions);
    }

    @Test
    void a_partition_made_between_two_windows_is_in_the_second_one_from_its_first_record_on() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("change-between", 1, Map.of())) {
            twoHours(topic, 0);
            WindowCopies copies = new WindowCopies(topic, SECOND.end().plusSeconds(900));
            copies.copy(FIRST);
            List<Stood> logOfFirst = log(topic);
            grow(topic, 3);
            topic.send(1, SECOND.start()).send(1, SECOND.end().minusMillis(1)).send(2, SECOND.end());
            topic.flush();
            copies.copy(SECOND);

            Verdict.exact(copies, FIRST, logOfFirst);
            Verdict.exact(copies, SECOND, log(topic));
            assertThat(copies.receipt(SECOND).partitions()).hasSize(3);
        }
    }

    /** What is promised is what stood in the log when the window was planned; that partition was not there. */
    @Test
    void a_partition_made_after_the_plan_is_not_in_it_and_a_new_plan_has_it() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("change-after", 1, Map.of())) {
            twoHours(topic, 0);
            List<Stood> planned = log(topic);
            WindowCopies copies = new WindowCopies(topic, SECOND.end().plusSeconds(900));
            copies.copy(FIRST);
            OffsetPlan plan = copies.journal().plan();
            grow(topic, 2);
            topic.send(1, NINE.plusSeconds(1)).flush();

            assertThat(copies.run(FIRST, plan)).isInstanceOf(Succeeded.class);
            Verdict.exact(copies, FIRST, planned);
            copies.copy(SECOND);
            Verdict.late(
                    copies.receipt(SECOND),
                    log(topic).stream().filter(s -> s.partition() == 1).toList());
            copies.copy(FIRST);
            Verdict.exact(copies, log(topic));
        }
    }

    private static void recreate(TopicGenerator topic) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", topic.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic.topic())).all().get();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> Sandbox.shared().kafka().createTopic(topic.topic(), 1, TopicGenerator.SMALL_SEGMENTS));
    }

    @Test
    void a_topic_made_anew_between_plan_and_retry_fails_the_retry_however_long_it_is() throws Exception {
        try (TopicGenerator topic = TopicGenerator.onSandbox("change-anew", 1, Map.of())) {
            twoHours(topic, 0);
            WindowCopies copies = new WindowCopies(topic, SECOND.end().plusSeconds(900));
            copies.copy(FIRST);
            OffsetPlan plan = copies.journal().plan();
            recreate(topic);
            try (TopicGenerator again = topic.again()) {
                twoHours(again, 0);
                twoHours(again, 0);

                assertThat(copies.run(FIRST, plan)).isInstanceOfSatisfying(Failed.class, f -> {
                    assertThat(f.kind()).isEqualTo(FailureKind.MISSING_OBJECT);
                    assertThat(f.message()).contains("deleted and created anew");
                });
                copies.copy(FIRST);
                Verdict.exact(copies, FIRST, log(again));
            }
        }
    }
}
