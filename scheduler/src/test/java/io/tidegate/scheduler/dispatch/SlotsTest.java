package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a slot, and how many there are. */
class SlotsTest {
    private final World world = new World();
    private final List<Worker> threaded = new ArrayList<>();

    @AfterEach
    void close() {
        threaded.forEach(Worker::close);
        world.close();
    }

    @Test
    void two_workers_never_take_more_slots_than_the_group_has() {
        world.slots("default_data_integration", 3);
        for (int i = 0; i < 40; i++) {
            world.deploy("copy_" + i, NodeType.BATCH_SYNC, daily("10:30"), document -> document.withCode("{}"));
        }
        world.settle();
        world.clock.setLocal("2022-11-22T10:30");
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger mostInDatabase = new AtomicInteger();
        for (int w = 0; w < 2; w++) {
            threadedWorker("w" + w, 8, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                mostInDatabase.accumulateAndGet(
                        (int) world.number("SELECT count(*) FROM instance WHERE state = 'RUNNING'"), Math::max);
                running.decrementAndGet();
                return new RunOutcome.Succeeded(null);
            });
        }
        world.opener.tick();
        threaded.forEach(Worker::start);

        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(count(InstanceState.SUCCESS)).isEqualTo(41));
        assertThat(most.get()).isBetween(1, 3);
        assertThat(mostInDatabase.get()).isBetween(1, 3);
        assertThat(world.number("SELECT count(*) FROM attempt")).isEqualTo(41);
    }

    @Test
    void a_worker_sleeps_until_postgresql_wakes_it_and_a_stop_reaches_a_running_attempt() {
        CountDownLatch started = new CountDownLatch(1);
        Worker worker = new Worker(
                WorkerSettings.of("awake", 2),
                world.jdbi,
                world.listenOn(),
                (request, journal, cancellation) -> {
                    started.countDown();
                    await().atMost(Duration.ofSeconds(30)).until(cancellation::requested);
                    return new RunOutcome.Cancelled();
                },
                (workspace, environment) -> Map.of(),
                world.clock);
        threaded.add(worker);
        world.deploy("copy", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        world.settle();
        worker.start();
        world.clock.setLocal("2022-11-22T10:30");
        world.opener.tick();
        Instance instance = world.at("copy", "2022-11-22T10:30");
        await().atMost(Duration.ofSeconds(30)).until(() -> started.getCount() == 0);

        // The clock stands still: only the message can carry the request, not the look once a second.
        world.actions.stop(instance.id(), world.anna);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(world.state("copy", "2022-11-22T10:30")).isEqualTo(InstanceState.FAILED));
        assertThat(world.attempts(instance.id()).get(0).state()).isEqualTo(AttemptState.STOPPED);
    }

    @Test
    void a_worker_that_is_closed_hands_over_what_it_runs() {
        CountDownLatch started = new CountDownLatch(1);
        Worker leaving = new Worker(
                WorkerSettings.of("leaving", 2),
                world.jdbi,
                world.listenOn(),
                (request, journal, cancellation) -> {
                    journal.planned(Plans.SMALL);
                    started.countDown();
                    await().atMost(Duration.ofSeconds(30)).until(cancellation::requested);
                    return new RunOutcome.Cancelled();
                },
                (workspace, environment) -> Map.of(),
                world.clock);
        world.deploy("copy", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        world.settle();
        world.clock.setLocal("2022-11-22T10:30");
        world.opener.tick();
        leaving.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> started.getCount() == 0);

        leaving.close();

        assertThat(world.state("copy", "2022-11-22T10:30")).isEqualTo(InstanceState.WAIT_RESOURCE);
        world.worker("successor").tick();
        assertThat(world.state("copy", "2022-11-22T10:30")).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.runner.lastRequest().plan()).isEqualTo(Plans.SMALL);
    }

    @Test
    void the_higher_priority_goes_first_then_the_older() {
        world.slots("default_scheduling", 1);
        world.deploy("old", NodeType.MAXCOMPUTE_SQL, daily("10:10"), priority(1));
        world.deploy("young", NodeType.MAXCOMPUTE_SQL, daily("10:20"), priority(1));
        world.deploy("urgent", NodeType.MAXCOMPUTE_SQL, daily("10:30"), priority(8));
        world.settle();
        world.clock.setLocal("2022-11-22T11:00");
        world.opener.tick();
        Worker worker = world.worker("w1");

        assertThat(worker.tick()).isEqualTo(1);
        assertThat(world.state("urgent", "2022-11-22T10:30")).isEqualTo(InstanceState.SUCCESS);
        assertThat(worker.tick()).isEqualTo(1);
        assertThat(world.state("old", "2022-11-22T10:10")).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.state("young", "2022-11-22T10:20")).isEqualTo(InstanceState.WAIT_RESOURCE);
    }

    private void threadedWorker(String name, int threads, Supplier<RunOutcome> run) {
        threaded.add(new Worker(
                WorkerSettings.of(name, threads),
                world.jdbi,
                world.listenOn(),
                (request, journal, cancellation) -> run.get(),
                (workspace, environment) -> Map.of(),
                world.clock));
    }

    private long count(InstanceState state) {
        return world.number("SELECT count(*) FROM instance WHERE state = '" + state + "'");
    }

    private static UnaryOperator<NodeDocument> priority(int priority) {
        return d -> d.withPriority(priority);
    }
}
