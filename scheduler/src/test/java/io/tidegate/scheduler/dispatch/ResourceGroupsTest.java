package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.ResourceGroupRefs;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slots that are changed, and groups that come, while nodes run. */
class ResourceGroupsTest {
    private static final String DEFAULT = ResourceGroup.DEFAULT_SCHEDULING;

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    static UnaryOperator<NodeDocument> in(String group) {
        return document ->
                document.withResourceGroups(new ResourceGroupRefs(group, ResourceGroup.DEFAULT_DATA_INTEGRATION));
    }

    private void deploy(String name, String group) {
        world.deploy(name, NodeType.MAXCOMPUTE_SQL, everyMinutes(5), in(group));
    }

    /** Without running anything. */
    private void makeDue(String local) {
        world.settle();
        world.clock.setLocal(local);
        world.plan();
        world.opener.tick();
    }

    private SlotUse use(String group) {
        return Objects.requireNonNull(world.queues
                .use(List.of(world.group(group).id()))
                .get(world.group(group).id()));
    }

    private List<Instance> waiting(String node) {
        return world.of(node).stream()
                .filter(i -> i.state() == InstanceState.WAIT_RESOURCE)
                .toList();
    }

    @Test
    void with_fewer_slots_than_are_taken_what_runs_goes_on_and_nothing_starts_until_enough_has_ended() {
        deploy("query", DEFAULT);
        world.slots(DEFAULT, 3);
        makeDue("2022-11-22T10:26");
        Worker other = world.worker("other");
        List<Integer> started = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        world.runner.next((request, journal, cancellation) -> {
            world.slots(DEFAULT, 1);
            waiting("query").forEach(i -> sentences.add(world.readiness(i.id())));
            started.add(other.tick());
            return new RunOutcome.Succeeded(null);
        });
        for (int i = 0; i < 2; i++) {
            world.runner.next((request, journal, cancellation) -> {
                started.add(other.tick());
                return new RunOutcome.Succeeded(null);
            });
        }

        assertThat(world.worker("first").tick()).isEqualTo(3);

        assertThat(started).as("while 3, 2 and 1 ran on 1 slot").containsExactly(0, 0, 0);
        assertThat(sentences)
                .hasSize(2)
                .allMatch(s -> s.startsWith(
                        "3 instances run in resource group default_scheduling, which has 1 slot now, and "))
                .satisfiesExactly(
                        s -> assertThat(s)
                                .contains("nothing is before it: it runs when it is first and fewer than 1 run"),
                        s -> assertThat(s).contains("1 instance is before it"));
        assertThat(other.tick()).isEqualTo(1);
    }

    @Test
    void more_slots_are_given_out_at_once_and_the_sentence_counts_them() {
        deploy("query", DEFAULT);
        world.slots(DEFAULT, 1);
        makeDue("2022-11-22T10:21");
        Worker other = world.worker("other");
        List<Integer> started = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        world.runner.next((request, journal, cancellation) -> {
            InstanceId last = waiting("query").get(2).id();
            started.add(other.tick());
            sentences.add(world.readiness(last));
            world.slots(DEFAULT, 3);
            sentences.add(world.readiness(last));
            started.add(other.tick());
            return new RunOutcome.Succeeded(null);
        });

        world.worker("first").tick();

        assertThat(started).containsExactly(0, 2);
        assertThat(sentences.get(0))
                .startsWith("All 1 slot of resource group default_scheduling are taken and 2 instances are before it");
        assertThat(sentences.get(1))
                .startsWith("2 of 3 slots of resource group default_scheduling are free and 2 instances are before it");
    }

    @Test
    void a_group_that_is_made_after_the_workers_started_is_served_by_those_that_serve_all() {
        world.withoutWorkers();
        Worker all = world.worker("all");
        presence("narrow", Set.of(DEFAULT)).tick(0);
        world.newGroup("reports", 2);
        deploy("query", "reports");
        makeDue("2022-11-22T10:21");
        InstanceId next = waiting("query").get(0).id();

        assertThat(world.readiness(next))
                .startsWith("It waits for a slot in resource group reports: no worker serves it.")
                .contains("tidegate worker --resource-group reports");
        presence("wide", Set.of()).tick(0);
        assertThat(world.readiness(next)).startsWith("2 of 2 slots of resource group reports are free");
        assertThat(use("reports")).isEqualTo(new SlotUse(world.group("reports").id(), 0, 4, 0, 1, 1));

        assertThat(all.tick()).isEqualTo(2);
        assertThat(all.tick()).isEqualTo(2);
        assertThat(use("reports").waiting()).isZero();
    }

    @Test
    void a_node_that_is_moved_to_another_group_leaves_there_what_was_planned_unless_it_is_to_take_effect_at_once() {
        world.newGroup("reports", 2);
        hourly("later", in(DEFAULT));
        hourly("now", in(DEFAULT));
        world.settle();
        hourly("later", in("reports"));
        hourly("now", document -> {
            NodeDocument moved = in("reports").apply(document);
            return moved.withSchedule(moved.schedule().withGeneration(InstanceGeneration.IMMEDIATE));
        });
        world.plan();

        assertThat(world.at("later", "2022-11-22T11:05").resourceGroup()).isEqualTo(DEFAULT);
        assertThat(world.at("now", "2022-11-22T11:05").resourceGroup()).isEqualTo("reports");
        world.clock.setLocal("2022-11-23T00:01");
        world.plan();
        assertThat(world.at("later", "2022-11-23T00:05").resourceGroup()).isEqualTo("reports");
    }

    private void hourly(String name, UnaryOperator<NodeDocument> change) {
        world.deploy(name, NodeType.MAXCOMPUTE_SQL, World.hourly(5), change);
    }

    @Test
    void a_worker_with_few_threads_does_not_forget_one_group_over_the_backlog_of_another() {
        world.newGroup("reports", 16);
        deploy("backlog", DEFAULT);
        world.deploy("report", NodeType.MAXCOMPUTE_SQL, daily("10:07"), in("reports"));
        makeDue("2022-11-22T10:31");
        Worker one = world.worker("one", 1, world.runner);

        one.tick();
        assertThat(world.state("report", "2022-11-22T10:07")).isEqualTo(InstanceState.WAIT_RESOURCE);
        one.tick();

        assertThat(world.state("report", "2022-11-22T10:07"))
                .as("it is older than the second of the backlog")
                .isEqualTo(InstanceState.SUCCESS);
        assertThat(waiting("backlog")).hasSize(5);
    }

    @Test
    void the_queue_is_told_in_the_order_of_the_claims_page_by_page() {
        deploy("query", DEFAULT);
        makeDue("2022-11-22T10:41");
        List<Instance> oldestFirst = waiting("query");
        assertThat(oldestFirst).hasSize(8);
        world.actions.changePriority(oldestFirst.get(6).id(), 5, world.anna, "");
        world.actions.freeze(oldestFirst.get(0).id(), world.anna, "a look at it");
        ResourceGroup group = world.group(DEFAULT);

        List<QueuedInstance> told = new ArrayList<>();
        String cursor = null;
        do {
            SlotPage<QueuedInstance> page = world.queues.waiting(group.id(), cursor, 3);
            told.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);

        assertThat(use(DEFAULT)).isEqualTo(new SlotUse(group.id(), 0, 7, 1, 1, 1000));
        assertThat(told)
                .extracting(QueuedInstance::position, q -> q.instance().id())
                .containsExactly(
                        tuple(1, oldestFirst.get(6).id()),
                        tuple(2, oldestFirst.get(1).id()),
                        tuple(3, oldestFirst.get(2).id()),
                        tuple(4, oldestFirst.get(3).id()),
                        tuple(5, oldestFirst.get(4).id()),
                        tuple(6, oldestFirst.get(5).id()),
                        tuple(7, oldestFirst.get(7).id()));
        assertThat(world.readiness(told.get(4).instance().id())).contains("4 instances are before it");

        List<InstanceId> claimed = new Claims(world.jdbi, Set.of(), LeaseSettings.DEFAULT, world.clock)
                .claim(new WorkerName("w"), 4).stream()
                        .map(ClaimedAttempt::instanceId)
                        .toList();
        assertThat(claimed)
                .containsExactlyElementsOf(
                        told.subList(0, 4).stream().map(q -> q.instance().id()).toList());
        SlotPage<SlotHolder> holders = world.queues.running(group.id(), null, 3);
        assertThat(holders.items()).hasSize(3).allMatch(h -> h.worker().equals("w"));
        assertThat(world.queues.running(group.id(), holders.next(), 3).items()).hasSize(1);
        assertThat(world.queues.running(group.id(), holders.next(), 3).next()).isNull();
        assertThat(world.queues.waiting(group.id(), null, 10).items())
                .extracting(QueuedInstance::position)
                .containsExactly(1, 2, 3);
    }

    private WorkerPresence presence(String name, Set<String> groups) {
        return new WorkerPresence(WorkerSettings.of(name, 1).serving(groups), world.jdbi, world.clock);
    }
}
