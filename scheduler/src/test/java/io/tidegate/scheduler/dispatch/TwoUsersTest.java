package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.instance.BulkActions;
import io.tidegate.scheduler.instance.BulkOperation;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceOperation;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two who ask the same of one instance at the same moment, and those who ask for many. */
class TwoUsersTest {
    private static final String HALF_PAST = "2022-11-22T10:30";
    private final World world = new World();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void close() {
        threads.shutdownNow();
        world.close();
    }

    @Test
    void one_of_two_reruns_wins_and_the_other_is_told_why_not() throws Exception {
        InstanceId copy = failed("copy");
        for (int round = 0; round < 10; round++) {
            List<String> refusals = atOnce(copy, world.actions::rerun);

            assertThat(refusals).containsExactly("It is about to run anyway: run it now, or stop it first.");
            assertThat(world.state(copy)).isEqualTo(InstanceState.WAIT_RESOURCE);
            world.actions.stop(copy, world.anna);
        }
        assertThat(world.causes(copy).stream().filter("RerunAsked"::equals)).hasSize(10);
    }

    @Test
    void one_of_two_freezes_wins_and_one_of_two_unfreezes() throws Exception {
        world.deploy("copy", daily("10:30"));
        world.settle();
        InstanceId copy = world.at("copy", HALF_PAST).id();
        for (int round = 0; round < 10; round++) {
            assertThat(atOnce(copy, (id, by) -> world.actions.freeze(id, by, "")))
                    .containsExactly("It is frozen already.");
            assertThat(atOnce(copy, (id, by) -> world.actions.unfreeze(id, by, "")))
                    .containsExactly("It is not frozen.");
        }
    }

    @Test
    void a_set_success_and_a_rerun_at_once_leave_one_of_the_two() throws Exception {
        InstanceId copy = failed("copy");
        for (int round = 0; round < 10; round++) {
            List<Callable<String>> both = List.of(
                    () -> refusalOf(() -> world.actions.rerun(copy, world.anna)),
                    () -> refusalOf(() -> world.actions.setSuccess(copy, world.boris)));

            List<String> refusals = together(both);

            // A success may be rerun, so both can be done in that order; a rerun leaves nothing to set to success.
            assertThat(world.state(copy)).isEqualTo(InstanceState.WAIT_RESOURCE);
            assertThat(refusals).allMatch(refusal -> refusal.startsWith("It has not failed"));
            world.actions.stop(copy, world.anna);
        }
    }

    @Test
    void reruns_with_descendants_beside_a_worker_end_with_everything_done() throws Exception {
        world.clock.setLocal("2022-11-22T09:00");
        world.deploy("a", daily("10:00"));
        for (int i = 0; i < 6; i++) {
            world.deploy("b" + i, daily("10:00"), "a");
        }
        world.deploy("c", daily("10:00"), "b0", "b1", "b2", "b3", "b4", "b5");
        world.plan();
        world.clock.setLocal("2022-11-22T10:00");
        world.settle();
        InstanceId a = world.at("a", "2022-11-22T10:00").id();
        InstanceId b0 = world.at("b0", "2022-11-22T10:00").id();
        Worker worker = world.worker("busy");

        for (int round = 0; round < 10; round++) {
            together(List.of(
                    () -> {
                        String first =
                                refusalOf(() -> world.actions.rerunWithDescendants(a, null, world.anna, false, ""));
                        return first.isEmpty()
                                ? refusalOf(() -> world.actions.rerunWithDescendants(b0, null, world.boris, false, ""))
                                : first;
                    },
                    () -> {
                        for (int i = 0; i < 20; i++) {
                            world.opener.tick();
                            worker.tick();
                        }
                        return "";
                    }));
        }
        world.settle();

        assertThat(world.number("SELECT count(*) FROM instance WHERE state <> 'SUCCESS' AND scheduled_time <= '"
                        + world.clock.instant() + "'"))
                .isZero();
        assertThat(world.number("SELECT count(*) FROM attempt WHERE state <> 'SUCCEEDED'"))
                .isZero();
        // No child began before the run of its parent that came before it had ended.
        assertThat(world.number("""
                SELECT count(*) FROM instance_event s
                JOIN instance_dependency d ON d.child_id = s.instance_id
                JOIN LATERAL (SELECT to_state FROM instance_event p WHERE p.instance_id = d.parent_id AND p.id < s.id
                              ORDER BY p.id DESC LIMIT 1) p ON true
                WHERE s.cause = 'ParentsDone' AND p.to_state <> 'SUCCESS'""")).isZero();
    }

    @Test
    void a_bulk_does_what_it_can_and_says_what_it_cannot() {
        InstanceId failed = failed("failed");
        world.deploy("waiting", daily("11:00"));
        world.settle();
        InstanceId waiting = world.at("waiting", "2022-11-22T11:00").id();
        InstanceId nowhere = new InstanceId(999_999);
        var bulk = new BulkActions(world.jdbi, world.actions);

        List<BulkOperation.Result> results = bulk.act(
                world.workspace.id(),
                new BulkOperation(
                        InstanceOperation.SET_SUCCESS, List.of(waiting, failed, nowhere, failed), null, false, "known"),
                world.anna);

        assertThat(results)
                .containsExactly(
                        new BulkOperation.Result(
                                waiting, "It has not failed: only a failed instance is set to success."),
                        new BulkOperation.Result(failed, null),
                        new BulkOperation.Result(nowhere, "There is no instance 999999."));
        assertThat(world.state(failed)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.audited("instance.set-success", failed)).containsEntry("reason", "known");
    }

    @Test
    void a_bulk_rerun_takes_parents_first_whatever_the_order_of_the_request() {
        InstanceId parent = failed("parent");
        world.actions.setSuccess(parent, world.anna);
        world.deploy("child", daily("10:30"), "parent");
        world.settle();
        InstanceId child = world.at("child", HALF_PAST).id();
        assertThat(world.state(child)).isEqualTo(InstanceState.SUCCESS);
        var bulk = new BulkActions(world.jdbi, world.actions);

        bulk.act(
                world.workspace.id(),
                new BulkOperation(InstanceOperation.RERUN, List.of(child, parent), null, false, ""),
                world.anna);

        assertThat(world.state(parent)).isEqualTo(InstanceState.WAIT_RESOURCE);
        assertThat(world.state(child)).isEqualTo(InstanceState.NOT_RUN);
        world.settle();
        assertThat(world.state(child)).isEqualTo(InstanceState.SUCCESS);
    }

    private List<String> atOnce(InstanceId id, BiConsumer<InstanceId, UserId> operation) throws Exception {
        return together(List.of(
                () -> refusalOf(() -> operation.accept(id, world.anna)),
                () -> refusalOf(() -> operation.accept(id, world.boris))));
    }

    /** The refusals; nothing for what was done. */
    private List<String> together(List<Callable<String>> both) throws Exception {
        CyclicBarrier start = new CyclicBarrier(both.size());
        List<Future<String>> running = new ArrayList<>();
        for (Callable<String> one : both) {
            running.add(threads.submit(() -> {
                start.await();
                return one.call();
            }));
        }
        List<String> refusals = new ArrayList<>();
        for (Future<String> one : running) {
            String refusal = one.get();
            if (!refusal.isEmpty()) {
                refusals.add(refusal);
            }
        }
        return refusals;
    }

    private static String refusalOf(Runnable operation) {
        try {
            operation.run();
            return "";
        } catch (ConflictException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private InstanceId failed(String node) {
        world.deploy(node, daily("10:30"));
        world.settle();
        world.clock.setLocal(HALF_PAST);
        world.runner.nextFails(false);
        world.settle();
        InstanceId id = world.at(node, HALF_PAST).id();
        assertThat(world.state(id)).isEqualTo(InstanceState.FAILED);
        return id;
    }
}
