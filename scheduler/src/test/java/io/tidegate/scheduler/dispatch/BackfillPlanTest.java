package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.BackfillScene.backfillOf;
import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.NewBackfill.Which;
import io.tidegate.scheduler.backfill.PlanPage;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.PreviewedRun;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request comes to, before it starts. */
class BackfillPlanTest {
    private static final String CODE = """
            {"type": "job", "version": "2.0",
             "steps": [
              {"stepType": "kafka", "category": "reader", "name": "Reader", "parameter": {
                "datasource": "kafka_src", "topic": "orders", "column": ["__key__", "__value__"],
                "keyType": "string", "valueType": "string",
                "beginType": "specific", "beginDateTime": "${begin}",
                "endType": "specific", "endDateTime": "${end}"}},
              {"stepType": "odps", "category": "writer", "name": "Writer", "parameter": {
                "datasource": "lake", "table": "orders", "partition": "ds=${ds}",
                "column": ["k", "v"], "truncate": %s}}],
             "order": {"hops": [{"from": "Reader", "to": "Writer"}]},
             "setting": {"errorLimit": {"record": "0"}, "speed": {"throttle": false, "concurrent": 3}}}
            """;

    private final BackfillScene scene = new BackfillScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void every_instance_is_shown_with_its_parameters_window_and_partition_page_by_page() {
        NodeId copy = copy("copy", hourly(0), "$[yyyymmddhh24]", "true");
        var wish = backfillOf(copy)
                .over("2022-11-01", "2022-11-02")
                .hours("06:00", "07:00")
                .inGroups(2);

        PlanPage first = plan(wish, null, 3);
        PlanPage second = plan(wish, first.next(), 3);

        assertThat(first.total()).isEqualTo(4);
        assertThat(first.dates()).isEqualTo(2);
        assertThat(first.groups()).isEqualTo(2);
        assertThat(first.findings()).isEmpty();
        PlanPage.Item item = first.items().get(1);
        assertThat(item.node().name()).isEqualTo("copy");
        assertThat(item.businessDate()).hasToString("2022-11-01");
        assertThat(item.position()).isEqualTo(1);
        assertThat(item.run().scheduledTime().local()).hasToString("2022-11-02T07:00");
        assertThat(copied(item).begin()).isEqualTo(Instant.parse("2022-11-01T22:00:00Z"));
        assertThat(copied(item).partition()).isEqualTo("ds=2022110207");
        assertThat(second.items()).hasSize(1).allMatch(i -> i.position() == 2);
        assertThat(second.next()).isNull();
        assertThat(scene.world.of("copy")).isEmpty();
    }

    @Test
    void what_is_made_is_what_was_shown_with_the_given_parameters() {
        NodeId copy = copy("copy", daily("06:00"), "$[yyyymmdd-1]", "true");
        var wish = backfillOf(copy).over("2022-11-01", "2022-11-01").parameter(copy, "ds", "again_${yyyymmdd}");

        PlanPage.Item shown = plan(wish, null, 10).items().get(0);
        BackfillId id = scene.begin(wish);

        assertThat(copied(shown).partition()).isEqualTo("ds=again_20221101");
        assertThat(scene.instances(id, "copy").get(0).parameters())
                .containsEntry("ds", "again_20221101")
                .containsKey("begin");
        assertThatThrownBy(() -> scene.begin(
                        backfillOf(copy).over("2022-11-01", "2022-11-01").parameter(copy, "dt", "x")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no parameter 'dt'");
        assertThatThrownBy(() -> scene.begin(
                        backfillOf(copy).over("2022-11-01", "2022-11-01").parameter(copy, "ds", "$[yyyymm")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Column");
    }

    @Test
    void a_partition_that_several_instances_write_and_rows_that_are_added_again_are_found() {
        NodeId twice = copy("twice", hourly(0), "${yyyymmdd}", "true");
        NodeId adds = copy("adds", daily("06:00"), "adds_${yyyymmdd}", "false");
        scene.begin(backfillOf(adds).over("2022-11-01", "2022-11-01"));
        scene.rounds();

        List<String> found = messages(
                backfillOf(twice, adds).over("2022-11-01", "2022-11-02").hours("06:00", "07:00"));

        assertThat(found)
                .containsExactly(
                        "2 instances write to orders ds=20221101, the first of them twice at 2022-11-02T06:00.",
                        "2 instances write to orders ds=20221102, the first of them twice at 2022-11-03T06:00.",
                        "adds inserts into its table, and 1 of its scheduled times have succeeded before: their rows are added a"
                                + " second time.");
    }

    @Test
    void a_missing_parent_a_gap_in_a_chain_and_another_instance_that_waits_are_found() {
        NodeId first = scene.world.deploy("first", daily("06:00"));
        scene.world.deploy("middle", daily("06:00"), "first");
        NodeId last = scene.world.deploy("last", daily("06:00"), "middle");
        scene.begin(backfillOf(last).over("2022-11-02", "2022-11-02"));

        assertThat(messages(backfillOf(first, last).over("2022-11-01", "2022-11-02")))
                .containsExactly(
                        "1 scheduled times of last have an instance that waits or runs, of the calendar or of another backfill.",
                        "last waits for chosen nodes only through middle, which is not chosen: it does not wait for them here.",
                        "last reads what middle makes, which has no success for 2 of the business dates, the first of them"
                                + " 2022-11-01.");
    }

    @Test
    void missing_are_times_without_a_success_and_failed_are_those_that_failed_last() {
        NodeId node = scene.world.deploy("days", daily("06:00"));
        scene.begin(
                backfillOf(node).over("2022-11-02", "2022-11-03").inGroups(2).goingOnAfterFailures());
        scene.tick();
        List<ClaimedAttempt> both = scene.startAll();
        scene.succeed(both.get(0));
        scene.fail(both.get(1));

        assertThat(times(backfillOf(node).over("2022-11-01", "2022-11-04").only(Which.MISSING)))
                .containsExactly("2022-11-02T06:00", "2022-11-04T06:00", "2022-11-05T06:00");
        assertThat(times(backfillOf(node).over("2022-11-01", "2022-11-04").only(Which.FAILED)))
                .containsExactly("2022-11-04T06:00");
        assertThatThrownBy(() -> scene.begin(
                        backfillOf(node).over("2022-11-02", "2022-11-02").only(Which.MISSING)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Nothing is missing in this range");

        scene.begin(backfillOf(node).over("2022-11-01", "2022-11-04").only(Which.FAILED));
        scene.rounds();
        assertThatThrownBy(() -> scene.begin(
                        backfillOf(node).over("2022-11-01", "2022-11-04").only(Which.FAILED)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has failed last");
    }

    @Test
    void only_what_was_chosen_again_is_waited_for() {
        NodeId parent = scene.world.deploy("parent", hourly(0));
        NodeId child = scene.world.deploy("child", hourly(0), "parent");
        scene.begin(backfillOf(parent).over("2022-11-01", "2022-11-01").hours("05:00", "06:00"));
        scene.rounds();

        BackfillId id = scene.begin(backfillOf(parent, child)
                .over("2022-11-01", "2022-11-01")
                .hours("05:00", "07:00")
                .only(Which.MISSING));

        assertThat(scene.instances(id, "parent")).hasSize(1);
        assertThat(scene.round())
                .containsExactly("child 2022-11-02T05:00", "child 2022-11-02T06:00", "parent 2022-11-02T07:00");
        assertThat(scene.round()).containsExactly("child 2022-11-02T07:00");
    }

    @Test
    void what_makes_no_sense_is_refused_with_the_place() {
        NodeId node = scene.world.deploy("days", daily("06:00"));
        NodeId other = scene.world.deploy("other", daily("06:00"));

        refused(backfillOf(node), "There is no range.");
        refused(backfillOf(node).over("2022-11-02", "2022-11-01"), "The range ends before it begins.");
        refused(backfillOf(node).over("2022-11-01", "2022-11-02").inGroups(11), "11 business dates at the same time");
        refused(
                backfillOf(node).over("2022-11-01", "2022-11-02").hours("08:00", "07:00"),
                "The hours end before they begin.");
        refused(backfillOf(node).over("2022-11-01", "2022-11-02").without(other), "is not among those that are chosen");
        refused(backfillOf(node).over("2022-11-01", "2022-11-02").without(node), "All chosen nodes are excluded");
        refused(backfillOf(node).over("2022-11-01", "9999-12-31"), "The range goes beyond 9999-12-30.");
        refused(
                backfillOf(node, new NodeId(987654321)).over("2022-11-01", "2022-11-02"),
                "Node 987654321 is not deployed in PROD of this workspace.");
        refused(backfillOf(node).asChainTo(other).over("2022-11-01", "2022-11-02"), "None of the ends waits for any");
        refused(
                backfillOf(node).over("2022-11-01", "2022-11-02").parameter(other, "a", "b"),
                "which is not among those");
    }

    private void refused(BackfillScene.Wish wish, String sentence) {
        assertThatThrownBy(() -> plan(wish, null, 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(sentence);
    }

    private List<String> times(BackfillScene.Wish wish) {
        return plan(wish, null, 100).items().stream()
                .map(item -> item.run().scheduledTime().local().toString())
                .toList();
    }

    private List<String> messages(BackfillScene.Wish wish) {
        return plan(wish, null, 10).findings().stream().map(Finding::message).toList();
    }

    private PlanPage plan(BackfillScene.Wish wish, @Nullable String cursor, int limit) {
        return scene.world.backfills.plan(scene.world.workspace.id(), wish.request(), cursor, limit);
    }

    private static PreviewedRun.Copy copied(PlanPage.Item item) {
        return Objects.requireNonNull(item.run().copy());
    }

    private NodeId copy(String name, Cycle cycle, String partition, String truncate) {
        return scene.world.deploy(
                name,
                NodeType.BATCH_SYNC,
                cycle,
                document -> document.withCode(CODE.formatted(truncate))
                        .withParameters(List.of(
                                new ParameterAssignment("begin", "$[yyyymmddhh24-1/24]0000"),
                                new ParameterAssignment("end", "$[yyyymmddhh24]0000"),
                                new ParameterAssignment("ds", partition))));
    }
}
