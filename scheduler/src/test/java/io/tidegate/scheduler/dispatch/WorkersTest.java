package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.scheduler.instance.AttemptState;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which worker serves what, who sees it, and how one leaves. */
class WorkersTest {
    private static final String DUE = "2022-11-22T10:30";

    private final World world = new World();
    private final List<Worker> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Worker::close);
        world.close();
    }

    @Test
    void a_worker_claims_only_from_the_resource_groups_it_serves() {
        world.deploy("copy", NodeType.BATCH_SYNC, daily("10:30"), document -> document.withCode("{}"));
        world.deploy("query", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        due();

        Claims claims = new Claims(world.jdbi, Set.of("default_data_integration"), LeaseSettings.DEFAULT, world.clock);
        claims.claim(new WorkerName("copier"), 10);

        assertThat(world.state("copy", DUE)).isEqualTo(InstanceState.RUNNING);
        assertThat(world.state("query", DUE)).isEqualTo(InstanceState.WAIT_RESOURCE);
    }

    @Test
    void an_instance_says_that_no_worker_serves_its_group_until_one_does() {
        world.deploy("query", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        world.withoutWorkers();
        due();
        InstanceId query = world.at("query", DUE).id();
        String nobody = "It waits for a slot in resource group default_scheduling: no worker serves it.";
        assertThat(world.readiness(query)).startsWith(nobody);

        WorkerPresence other = presence("other", Set.of("default_data_integration"));
        other.tick(0);
        assertThat(world.readiness(query)).as("a worker of another group").startsWith(nobody);

        WorkerPresence serving = presence("serving", Set.of("default_scheduling"));
        serving.tick(0);
        assertThat(world.readiness(query)).startsWith("16 of 16 slots of resource group default_scheduling are free");

        world.clock.advance(LeaseSettings.DEFAULT.length());
        assertThat(world.readiness(query)).as("it is silent").startsWith(nobody);

        serving.tick(0);
        serving.drains(0);
        assertThat(world.readiness(query)).as("it drains").startsWith(nobody);
    }

    @Test
    void a_slot_of_the_group_is_of_no_use_while_every_worker_is_busy() {
        world.deploy("first", NodeType.MAXCOMPUTE_SQL, daily("10:10"), document -> document);
        world.deploy("second", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        world.withoutWorkers();
        due();
        presence("small", Set.of()).tick(0);
        new Claims(world.jdbi, Set.of(), LeaseSettings.DEFAULT, world.clock).claim(new WorkerName("small"), 1);

        assertThat(world.state("first", "2022-11-22T10:10")).isEqualTo(InstanceState.RUNNING);
        assertThat(world.readiness(world.at("second", DUE).id()))
                .startsWith("The only worker that serves resource group default_scheduling is busy");
    }

    @Test
    void a_worker_is_listed_as_live_draining_or_silent_until_it_leaves_or_a_day_has_passed() {
        world.withoutWorkers();
        Workers workers = new Workers(world.jdbi);
        Instant begun = world.clock.instant();
        WorkerPresence steady = presence("steady", Set.of("b", "a"));
        WorkerPresence killed = presence("killed", Set.of());
        steady.tick(3);
        killed.tick(1);

        world.clock.advance(LeaseSettings.DEFAULT.length());
        steady.tick(2);

        assertThat(workers.list())
                .extracting(WorkerReport::name, this::state)
                .containsExactly(tuple("killed", WorkerReport.State.SILENT), tuple("steady", WorkerReport.State.LIVE));
        WorkerReport report = workers.list().get(1);
        assertThat(report.resourceGroups()).containsExactly("a", "b");
        assertThat(report.host()).isEqualTo("host-1");
        assertThat(report.version()).isEqualTo("1.2.3");
        assertThat(report.slots()).isEqualTo(1);
        assertThat(report.running()).isEqualTo(2);
        assertThat(report.startedAt()).isEqualTo(begun);
        assertThat(report.heartbeatAt()).isEqualTo(world.clock.instant());

        steady.drains(2);
        assertThat(state(workers.list().get(1))).isEqualTo(WorkerReport.State.DRAINING);

        world.clock.advance(Duration.ofDays(1).plusMinutes(1));
        steady.tick(0);
        assertThat(workers.list()).extracting(WorkerReport::name).containsExactly("steady");
        steady.leaves();
        steady.tick(0);
        assertThat(workers.list()).isEmpty();
    }

    @Test
    void a_report_comes_at_once_after_the_clock_was_set_back() {
        world.withoutWorkers();
        WorkerPresence presence = presence("steady", Set.of());
        presence.tick(0);
        world.clock.advance(Duration.ofHours(-1));
        presence.tick(7);

        assertThat(new Workers(world.jdbi).list())
                .extracting(WorkerReport::running)
                .containsExactly(7);
    }

    @Test
    void a_worker_that_is_closed_lets_what_runs_end_and_takes_nothing_new() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        world.deploy("first", NodeType.MAXCOMPUTE_SQL, daily("10:10"), document -> document);
        world.deploy("second", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        world.settle();
        // Less than a lease before the second one is due: the clock must not jump over what keeps the first one alive.
        world.clock.setLocal("2022-11-22T10:29:50");
        world.opener.tick();
        Worker leaving = started(Duration.ofSeconds(30), (request, journal, cancellation) -> {
            begun.countDown();
            await().atMost(Duration.ofSeconds(30)).until(() -> mayEnd.getCount() == 0 || cancellation.requested());
            return cancellation.requested() ? new RunOutcome.Cancelled() : new RunOutcome.Succeeded(null);
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> begun.getCount() == 0);

        Thread closing = new Thread(leaving::close);
        closing.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> listed().contains(WorkerReport.State.DRAINING));
        world.clock.setLocal(DUE);
        world.opener.tick();
        assertThat(leaving.tick()).isZero();
        mayEnd.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> !closing.isAlive());

        assertThat(world.state("first", "2022-11-22T10:10")).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.state("second", DUE)).isEqualTo(InstanceState.WAIT_RESOURCE);
        assertThat(listed()).as("it has left the list").doesNotContain(WorkerReport.State.DRAINING);
    }

    @Test
    void what_does_not_end_while_a_worker_drains_is_handed_over() {
        CountDownLatch begun = new CountDownLatch(1);
        world.deploy("query", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> document);
        due();
        Worker leaving = started(Duration.ofMillis(300), (request, journal, cancellation) -> {
            begun.countDown();
            await().atMost(Duration.ofSeconds(30)).until(cancellation::requested);
            return new RunOutcome.Cancelled();
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> begun.getCount() == 0);

        leaving.close();

        assertThat(world.state("query", DUE)).isEqualTo(InstanceState.WAIT_RESOURCE);
        assertThat(world.attempts(world.at("query", DUE).id()).get(0).state()).isEqualTo(AttemptState.LOST);
    }

    private void due() {
        world.settle();
        world.clock.setLocal(DUE);
        world.opener.tick();
    }

    private Worker started(Duration drain, NodeRunner runner) {
        Worker worker = new Worker(
                WorkerSettings.of("leaving", 1).drainingFor(drain),
                world.jdbi,
                world.listenOn(),
                runner,
                (workspace, environment) -> Map.of(),
                world.clock);
        started.add(worker);
        worker.start();
        return worker;
    }

    private WorkerPresence presence(String name, Set<String> groups) {
        return new WorkerPresence(
                WorkerSettings.of(name, 1).onHost("host-1", "1.2.3").serving(groups), world.jdbi, world.clock);
    }

    private WorkerReport.State state(WorkerReport report) {
        return report.stateAt(world.clock.instant());
    }

    private List<WorkerReport.State> listed() {
        return new Workers(world.jdbi).list().stream().map(this::state).toList();
    }
}
