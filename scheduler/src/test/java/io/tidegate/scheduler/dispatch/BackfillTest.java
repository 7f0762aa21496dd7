package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.node.NodeId;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ranges that are run at once. */
class BackfillTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_backfill_has_every_scheduled_time_of_its_range_and_both_ends() {
        NodeId node = world.deploy("hours", hourly(0));

        Backfill made = create(List.of(node), "2022-11-20T06:00", "2022-11-20T09:00");

        assertThat(world.localTimes("hours"))
                .containsExactly("2022-11-20T06:00", "2022-11-20T07:00", "2022-11-20T08:00", "2022-11-20T09:00");
        assertThat(made.total()).isEqualTo(4);
        assertThat(made.counts()).containsEntry(InstanceState.WAIT_RESOURCE, 4).containsEntry(InstanceState.FAILED, 0);
        assertThat(made.createdBy()).isEqualTo("anna");
        assertThat(world.of("hours")).allMatch(i -> i.origin() == Origin.BACKFILL);
        world.settle();
        assertThat(world.backfills.get(made.id()).counts()).containsEntry(InstanceState.SUCCESS, 4);
    }

    @Test
    void instances_wait_for_each_other_and_for_nothing_outside() {
        world.deploy("outside", daily("06:00"));
        NodeId parent = world.deploy("parent", hourly(0), "outside");
        NodeId child = world.deploy("child", hourly(0), "parent");

        create(List.of(child, parent), "2022-11-20T06:00", "2022-11-20T07:00");

        assertThat(world.parents("parent", "2022-11-20T06:00")).isEmpty();
        assertThat(world.parents("child", "2022-11-20T07:00")).containsExactly("parent 2022-11-20T07:00");
        assertThat(world.state("child", "2022-11-20T07:00")).isEqualTo(InstanceState.NOT_RUN);
        world.settle();
        assertThat(world.state("child", "2022-11-20T07:00")).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void it_lives_beside_the_cycle_instance_of_the_same_time_and_beside_another_backfill() {
        NodeId node = world.deploy("hours", hourly(0));
        world.plan();
        create(List.of(node), "2022-11-22T11:00", "2022-11-22T11:00");
        create(List.of(node), "2022-11-22T11:00", "2022-11-22T11:00");

        assertThat(world.localTimes("hours").stream().filter("2022-11-22T11:00"::equals))
                .hasSize(3);
    }

    @Test
    void what_cannot_be_backfilled_is_refused_with_a_reason() {
        NodeId node = world.deploy("hours", hourly(0));

        assertThatThrownBy(() -> create(List.of(node), "2022-11-20T06:10", "2022-11-20T06:20"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("No node has a scheduled time");
        assertThatThrownBy(() -> create(List.of(node, new NodeId(999)), "2022-11-20T06:00", "2022-11-20T07:00"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Node 999 is not deployed in PROD");
        assertThatThrownBy(() -> create(List.of(node), "2012-11-20T06:00", "2022-11-20T07:00"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than 20,000 instances");
        assertThatThrownBy(() -> create(List.of(node), "2022-11-20T07:00", "2022-11-20T06:00"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> world.backfills.get(new BackfillId(999))).isInstanceOf(NotFoundException.class);
        assertThat(world.backfills.list(world.workspace.id(), null, 10).items()).isEmpty();
    }

    @Test
    void backfills_are_listed_newest_first_page_by_page() {
        NodeId node = world.deploy("hours", hourly(0));
        for (int i = 0; i < 3; i++) {
            create(List.of(node), "2022-11-20T06:00", "2022-11-20T06:00");
        }

        var first = world.backfills.list(world.workspace.id(), null, 2);
        var second = world.backfills.list(world.workspace.id(), first.next(), 2);

        assertThat(first.items()).hasSize(2);
        assertThat(second.items()).hasSize(1);
        assertThat(second.next()).isNull();
        assertThat(first.items().get(0).id().value())
                .isGreaterThan(second.items().get(0).id().value());
    }

    @Test
    void outside_the_validity_of_a_node_there_is_nothing_to_backfill() {
        NodeId node = world.deploy(
                "valid",
                NodeType.VIRTUAL,
                hourly(0),
                document -> document.withSchedule(
                        document.schedule().withValidity(LocalDate.of(2022, 11, 20), LocalDate.of(2022, 11, 20))));

        Backfill made = create(List.of(node), "2022-11-19T22:00", "2022-11-20T01:00");

        assertThat(world.localTimes("valid")).containsExactly("2022-11-20T00:00", "2022-11-20T01:00");
        assertThat(made.total()).isEqualTo(2);
        assertThatThrownBy(() -> create(List.of(node), "2022-11-18T00:00", "2022-11-19T23:59"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("within its validity");
    }

    private Backfill create(List<NodeId> nodes, String from, String to) {
        return world.backfills.create(
                world.workspace.id(),
                NewBackfill.between(null, nodes, LocalDateTime.parse(from), LocalDateTime.parse(to)),
                world.anna);
    }
}
