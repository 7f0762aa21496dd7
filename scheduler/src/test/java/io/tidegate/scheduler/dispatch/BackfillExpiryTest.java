package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.BackfillScene.backfillOf;
import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.backfill.PlanPage;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plan asks whether topics still hold the records of its windows. It is 2022-11-22; topics keep records for a week. */
class BackfillExpiryTest {
    private final BackfillScene scene = new BackfillScene();

    @AfterEach
    void close() {
        scene.close();
    }

    private NodeId copy(String name, String topic, String reset) {
        return scene.copying(name, hourly(0), topic, reset);
    }

    private PlanPage plan(BackfillScene.Wish wish, @Nullable String cursor, int limit) {
        return scene.world.backfills.plan(scene.world.workspace.id(), wish.request(), cursor, limit);
    }

    @Test
    void windows_whose_records_may_be_gone_are_found_with_one_look_at_each_topic() {
        NodeId orders = copy("copy", "orders", "none");
        NodeId more = copy("more", "orders", "earliest");
        NodeId clicks = copy("clicks", "clicks", "none");
        // 03:30 in Shanghai.
        scene.world.topics.begins("orders", Instant.parse("2022-11-14T19:30:00Z"));

        PlanPage plan = plan(backfillOf(orders, more, clicks).over("2022-11-13", "2022-11-14"), null, 10);

        assertThat(scene.world.topics.asked)
                .containsExactlyInAnyOrder("PROD kafka_src orders", "PROD kafka_src clicks");
        assertThat(plan.findings())
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(
                        "Records of 30 of the 48 windows of copy may have been deleted already, those of 2022-11-14T00:00 to 2022-11-15T05:00:"
                                + " the oldest record that is left is of 2022-11-15T03:30 in topic orders, and the topic keeps records for PT168H.",
                        "Records of 30 of the 48 windows of more may have been deleted already, those of 2022-11-14T00:00 to 2022-11-15T05:00:"
                                + " the oldest record that is left is of 2022-11-15T03:30 in topic orders, and the topic keeps records for PT168H.");
        assertThat(plan.findings())
                .allMatch(finding -> finding.severity() == Finding.Severity.WARNING)
                .extracting(Finding::cure)
                .anyMatch(cure -> cure.startsWith("These instances fail before they write:"))
                .anyMatch(cure -> cure.startsWith("As autoOffsetReset says, these instances copy what is left:"));
    }

    @Test
    void the_pages_after_the_first_do_not_ask_again() {
        NodeId orders = copy("copy", "orders", "none");
        scene.world.topics.begins("orders", Instant.parse("2022-11-14T19:30:00Z"));
        var wish = backfillOf(orders).over("2022-11-13", "2022-11-13");

        PlanPage first = plan(wish, null, 10);
        PlanPage second = plan(wish, first.next(), 10);

        assertThat(first.findings()).hasSize(1);
        assertThat(second.findings()).isEmpty();
        assertThat(scene.world.topics.asked).hasSize(1);
    }

    @Test
    void a_cluster_that_does_not_answer_is_a_finding_and_nodes_that_copy_nothing_ask_nobody() {
        NodeId orders = copy("copy", "orders", "none");
        NodeId virtual = scene.world.deploy("virtual", daily("06:00"));
        scene.world.topics.goAway();

        PlanPage plan = plan(backfillOf(orders, virtual).over("2022-11-13", "2022-11-13"), null, 10);

        assertThat(plan.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "It was not checked whether topic orders still holds the records of the windows of copy: No answer.");
        plan(backfillOf(virtual).over("2022-11-13", "2022-11-13"), null, 10);
        assertThat(scene.world.topics.asked).isEqualTo(List.of("PROD kafka_src orders"));
    }
}
