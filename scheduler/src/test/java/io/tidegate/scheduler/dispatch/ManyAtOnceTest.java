package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.engine.FencedException;
import io.tidegate.scheduler.duty.PunctualOpening;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceFilter;
import io.tidegate.scheduler.instance.InstancePage;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is done in batches does for each what it would do for one. */
class ManyAtOnceTest {
    @Test
    void attempts_that_succeed_together_each_succeed_once_and_a_fenced_one_learns_it() throws Exception {
        try (World world = new World()) {
            world.slots("default_scheduling", 1000);
            world.settle();
            world.deployNow("orders", everyMinutes(1));
            world.plan();
            world.clock.setLocal("2022-11-22T10:40");
            world.opener.tick();
            List<ClaimedAttempt> claimed = new Claims(world.jdbi, Set.of(), LeaseSettings.DEFAULT, world.clock)
                    .claim(new WorkerName("w"), 100);
            AttemptEndings endings = new AttemptEndings(world.jdbi, LeaseSettings.DEFAULT, world.clock);
            endings.lost(claimed.get(7).ref(), "test", "it is tried");

            List<Boolean> settled = atTheSameTime(endings, claimed);

            assertThat(claimed).hasSizeGreaterThan(30);
            for (int i = 0; i < claimed.size(); i++) {
                assertThat(settled.get(i)).as("attempt " + i).isEqualTo(i != 7);
                assertThat(world.causes(claimed.get(i).instanceId()).stream().filter("AttemptSucceeded"::equals))
                        .hasSize(i == 7 ? 0 : 1);
                assertThat(world.state(claimed.get(i).instanceId()))
                        .isEqualTo(i == 7 ? InstanceState.WAIT_RESOURCE : InstanceState.SUCCESS);
            }
        }
    }

    /** For each whether it was settled; false when it was fenced. */
    private static List<Boolean> atTheSameTime(AttemptEndings endings, List<ClaimedAttempt> claimed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(claimed.size());
        try {
            CyclicBarrier start = new CyclicBarrier(claimed.size());
            List<Future<Boolean>> all = new ArrayList<>();
            for (ClaimedAttempt attempt : claimed) {
                all.add(threads.submit(() -> {
                    start.await();
                    try {
                        endings.succeeded(attempt.ref(), "worker w", null, List.of());
                        return true;
                    } catch (FencedException e) {
                        return false;
                    }
                }));
            }
            List<Boolean> settled = new ArrayList<>();
            for (Future<Boolean> one : all) {
                settled.add(one.get());
            }
            return settled;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void very_many_children_are_opened_by_the_duty_those_that_are_due_first() {
        try (World world = new World()) {
            // Late in the day, so that hardly anything is to be run today.
            world.clock.setLocal("2022-11-22T23:35");
            world.deploy("parent", daily("10:05"));
            world.deploy("child", everyMinutes(1), "parent");
            world.clock.setLocal("2022-11-22T23:40");
            world.settle();
            world.clock.setLocal("2022-11-23T10:05");
            world.opener.tick();
            Worker worker = world.worker("w");
            while (worker.tick() > 0) {
                // Until the root and the parent have run.
                if (world.number("SELECT count(*) FROM pending_opening") == 0) {
                    world.opener.tick();
                }
            }

            String day = " FROM instance i JOIN node n ON n.id = i.node_id WHERE n.name = 'child'"
                    + " AND i.scheduled_local >= '2022-11-23' AND i.scheduled_local < '2022-11-24'";
            assertThat(world.number("SELECT count(*) FROM pending_opening")).isEqualTo(1);
            assertThat(world.number("SELECT count(*)" + day + " AND i.state = 'NOT_RUN'"))
                    .isEqualTo(1440);
            world.opener.tick();

            assertThat(world.number("SELECT count(*) FROM pending_opening")).isZero();
            assertThat(world.number("SELECT count(*)" + day + " AND i.state = 'WAIT_RESOURCE'"))
                    .as("00:00 to 10:05")
                    .isEqualTo(606);
            assertThat(world.number("SELECT count(*)" + day + " AND i.state = 'WAIT_TIME'"))
                    .isEqualTo(1440 - 606);
        }
    }

    @Test
    void a_missed_opening_is_found_however_many_wait() {
        try (World world = new World()) {
            world.deployNow("parent", hourly(0));
            world.deployNow("child", everyMinutes(1), "parent");
            world.settle();
            world.clock.setLocal("2022-11-22T23:40");
            world.plan();
            // As if edge and parent had been written side by side.
            world.jdbi.useHandle(handle -> handle.execute("""
                    DELETE FROM instance_dependency WHERE child_id IN (
                        SELECT max(i.id) FROM instance i JOIN node n ON n.id = i.node_id
                        WHERE n.name = 'child' AND i.state = 'NOT_RUN')"""));
            long waiting = world.number("SELECT count(*) FROM instance WHERE state = 'NOT_RUN'");

            world.opener.tick();

            assertThat(waiting).isGreaterThan(1000);
            assertThat(world.number("SELECT count(*) FROM instance WHERE state = 'WAIT_TIME'"))
                    .isPositive();
        }
    }

    @Test
    void an_instance_is_opened_at_its_time_and_not_with_the_next_tick() {
        try (World world = new World()) {
            world.deployNow("orders", hourly(0));
            world.settle();
            try (PunctualOpening punctual = new PunctualOpening(world.opener, world.clock)) {
                punctual.start();
                assertThat(world.state("orders", "2022-11-22T11:00")).isEqualTo(InstanceState.WAIT_TIME);

                world.clock.setLocal("2022-11-22T11:00");

                await().untilAsserted(() ->
                        assertThat(world.state("orders", "2022-11-22T11:00")).isEqualTo(InstanceState.WAIT_RESOURCE));
            }
        }
    }

    @Test
    void pages_hold_what_the_filter_says_in_order_whatever_it_is() {
        try (World world = new World()) {
            NodeId orders = world.deployNow("orders", hourly(0));
            world.deployNow("report", hourly(0), "orders");
            world.plan();
            world.clock.setLocal("2022-11-22T13:30");
            world.settle();
            world.jdbi.useHandle(handle -> {
                handle.execute("UPDATE instance SET state = 'FAILED' WHERE scheduled_local = '2022-11-22 12:00'");
                handle.execute("""
                        UPDATE instance SET origin = 'BACKFILL', origin_key = '3'
                        WHERE scheduled_local >= '2022-11-22 20:00'""");
            });
            List<Instance> all = pages(world, InstanceFilter.all(Environment.PROD), 500);

            for (Set<InstanceState> states : List.of(
                    Set.<InstanceState>of(),
                    EnumSet.of(InstanceState.FAILED),
                    EnumSet.of(InstanceState.SUCCESS, InstanceState.WAIT_TIME))) {
                for (NodeId node : Arrays.asList(null, orders)) {
                    for (Origin origin : Arrays.asList(null, Origin.CYCLE, Origin.BACKFILL)) {
                        for (Instant from : Arrays.asList(null, WorldClock.local("2022-11-22T12:00"))) {
                            for (String key : Arrays.asList(null, "", "3")) {
                                Instant to = from == null ? null : from.plusSeconds(40_000);
                                InstanceFilter filter =
                                        new InstanceFilter(Environment.PROD, states, node, origin, key, from, to);

                                assertThat(pages(world, filter, 3).stream().map(Instance::id))
                                        .as(filter.toString())
                                        .containsExactlyElementsOf(all.stream()
                                                .filter(i -> matches(filter, i))
                                                .map(Instance::id)
                                                .toList());
                            }
                        }
                    }
                }
            }
            assertThat(all).hasSizeGreaterThan(20).isSortedAccordingTo((a, b) -> {
                int later = b.scheduledTime().compareTo(a.scheduledTime());
                return later != 0 ? later : Long.compare(b.id().value(), a.id().value());
            });
        }
    }

    private static boolean matches(InstanceFilter filter, Instance instance) {
        return (filter.states().isEmpty() || filter.states().contains(instance.state()))
                && (filter.node() == null || filter.node().equals(instance.nodeId()))
                && (filter.origin() == null || filter.origin() == instance.origin())
                && (filter.originKey() == null || filter.originKey().equals(instance.originKey()))
                && (filter.from() == null || !instance.scheduledTime().isBefore(filter.from()))
                && (filter.to() == null || instance.scheduledTime().isBefore(Objects.requireNonNull(filter.to())));
    }

    private static List<Instance> pages(World world, InstanceFilter filter, int size) {
        List<Instance> all = new ArrayList<>();
        String cursor = null;
        do {
            InstancePage page = world.instances.list(world.workspace.id(), filter, cursor, size);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }
}
