package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.scheduler.cycle.Minute;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.NodeDocument;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many instances of one node run at once. */
class NodeLimitTest {
    private final World world = new World();
    private final List<Worker> threaded = new ArrayList<>();

    @AfterEach
    void close() {
        threaded.forEach(Worker::close);
        world.close();
    }

    private static UnaryOperator<NodeDocument> atMost(int instances) {
        return d -> d.withMaxParallel(instances);
    }

    /** Without running anything. */
    private void makeDue(String local) {
        world.settle();
        world.clock.setLocal(local);
        world.plan();
        world.opener.tick();
    }

    private List<Instance> in(String node, InstanceState state) {
        return world.of(node).stream().filter(i -> i.state() == state).toList();
    }

    @Test
    void no_more_instances_of_a_node_run_at_once_than_it_says_and_the_others_wait_behind_it() {
        world.deploy("few", NodeType.MAXCOMPUTE_SQL, everyMinutes(5), atMost(2));
        world.deploy("many", NodeType.MAXCOMPUTE_SQL, everyMinutes(5), document -> document);
        makeDue("2022-11-22T10:21");
        List<String> sentences = new ArrayList<>();
        // The first to run sees what else was claimed with it.
        world.runner.next((request, journal, cancellation) -> {
            assertThat(in("few", InstanceState.RUNNING)).hasSize(2);
            assertThat(in("many", InstanceState.RUNNING)).hasSize(4);
            in("few", InstanceState.WAIT_RESOURCE).forEach(i -> sentences.add(world.readiness(i.id())));
            return new RunOutcome.Succeeded(null);
        });
        Worker worker = world.worker("w1");

        assertThat(worker.tick()).isEqualTo(6);
        assertThat(sentences)
                .hasSize(2)
                .allMatch(
                        s -> s.startsWith("Waits for a slot of its node: 2 of 2 instances that may run at once run."));
        assertThat(worker.tick()).isEqualTo(2);
        assertThat(worker.tick()).isZero();
        // With the one of 10:00.
        assertThat(in("few", InstanceState.SUCCESS)).hasSize(5);
    }

    @Test
    void what_holds_is_what_the_instance_was_generated_with() {
        world.deploy("node", NodeType.MAXCOMPUTE_SQL, everyMinutes(5), document -> document);
        makeDue("2022-11-22T10:21");
        world.deploy("node", NodeType.MAXCOMPUTE_SQL, everyMinutes(5), document -> {
            NodeDocument limited = document.withMaxParallel(1);
            return limited.withSchedule(limited.schedule().withGeneration(InstanceGeneration.IMMEDIATE));
        });
        assertThat(world.worker("w1").tick()).isEqualTo(4);

        world.clock.setLocal("2022-11-22T10:41");
        world.plan();
        world.opener.tick();

        assertThat(world.worker("w2").tick()).isEqualTo(1);
    }

    @Test
    void two_workers_and_two_groups_never_take_more_than_the_node_allows() {
        world.slots("default_scheduling", 50);
        world.slots("default_data_integration", 50);
        world.deploy(
                "node",
                NodeType.MAXCOMPUTE_SQL,
                new Minute(LocalTime.of(10, 1), 1, LocalTime.of(11, 0)),
                document -> document.withCode("limited").withMaxParallel(3));
        world.deploy("free", NodeType.MAXCOMPUTE_SQL, everyMinutes(3), document -> document);
        makeDue("2022-11-22T11:00");
        // Half of them were planned when the node used another group.
        world.jdbi.useHandle(handle -> handle.execute("UPDATE instance SET resource_group_id = "
                + "(SELECT id FROM resource_group WHERE name = 'default_data_integration') WHERE id % 2 = 0"));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int w = 0; w < 2; w++) {
            threaded.add(new Worker(
                    WorkerSettings.of("w" + w, 8),
                    world.jdbi,
                    world.listenOn(),
                    (request, journal, cancellation) -> {
                        if (request.code().equals("limited")) {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            world.number("SELECT count(*) FROM pg_sleep(0.01)");
                            running.decrementAndGet();
                        }
                        return new RunOutcome.Succeeded(null);
                    },
                    (workspace, environment) -> Map.of(),
                    world.clock));
        }
        threaded.forEach(Worker::start);

        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(
                        () -> assertThat(in("node", InstanceState.SUCCESS)).hasSize(60));
        assertThat(most.get()).isBetween(2, 3);
    }
}
