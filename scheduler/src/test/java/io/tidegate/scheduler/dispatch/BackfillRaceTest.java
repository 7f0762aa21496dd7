package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.BackfillScene.backfillOf;
import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.backfill.BackfillActions;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.BackfillProgress;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.database.SchedulerDatabase;
import io.tidegate.scheduler.duty.AdvanceBackfills;
import io.tidegate.scheduler.node.NodeId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several at once, and some that die in the middle. */
class BackfillRaceTest {
    private final BackfillScene scene = new BackfillScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_request_that_is_sent_many_times_at_once_makes_one_backfill() throws Exception {
        NodeId node = scene.world.deploy("days", daily("06:00"));
        var wish = backfillOf(node).over("2022-11-01", "2022-11-10").asRequest("7b1d");

        var ids = new HashSet<>(atOnce(6, () -> scene.begin(wish)));

        assertThat(ids).hasSize(1);
        assertThat(scene.world.of("days")).hasSize(10);
        assertThat(scene.begin(wish)).isIn(ids);
        assertThatThrownBy(() -> scene.begin(
                        backfillOf(node).over("2022-11-01", "2022-11-02").asRequest("7b1d")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("'7b1d' has made backfill");
    }

    @Test
    void many_duties_at_once_begin_no_more_dates_than_one() throws Exception {
        NodeId node = scene.world.deploy("days", daily("06:00"));
        BackfillId id =
                scene.begin(backfillOf(node).over("2022-11-01", "2022-11-10").inGroups(2));

        int rounds = 0;
        while (scene.backfill(id).standing().state() != BackfillState.DONE && rounds++ < 20) {
            atOnce(4, () -> {
                scene.tick();
                return true;
            });
            assertThat(scene.datesInHand(id)).hasSizeLessThanOrEqualTo(2);
            List<ClaimedAttempt> started = scene.startAll();
            assertThat(started).hasSizeLessThanOrEqualTo(2);
            started.forEach(scene::succeed);
        }
        assertThat(scene.progress(id)).containsExactly(0, 0, 0, 10, 0, 0);
        assertThat(scene.world.number("SELECT count(*) FROM attempt")).isEqualTo(10);
    }

    @Test
    void whoever_dies_between_two_steps_leaves_nothing_that_another_one_does_not_finish() {
        NodeId copy = scene.world.deploy("copy", daily("06:00"));
        NodeId report = scene.world.deploy("report", daily("06:00"), "copy");

        for (int step = 0; step < 12; step++) {
            BackfillId id = scene.begin(backfillOf(copy, report).over("2022-11-01", "2022-11-03"));
            scene.tick();
            scene.startAll().forEach(scene::succeed);
            scene.tick();
            scene.startAll().forEach(scene::succeed);

            // The first date is over: whoever looks now ends it, begins the next one and releases its instances.
            dieAfter(
                    step,
                    jdbi -> new AdvanceBackfills(new BackfillProgress(jdbi, scene.world.audit, scene.world.clock))
                            .tick());
            assertThat(scene.datesInHand(id)).hasSizeLessThanOrEqualTo(1);

            scene.rounds();
            assertThat(scene.progress(id)).as("died after %d", step).containsExactly(0, 0, 0, 6, 0, 0);
            assertThat(scene.backfill(id).standing().state()).isEqualTo(BackfillState.DONE);
        }
    }

    @Test
    void a_pause_and_a_stop_hold_although_the_server_dies_in_the_middle_of_them() {
        NodeId node = scene.world.deploy("days", daily("06:00"));

        for (int step = 1; step < 8; step++) {
            BackfillId id = scene.begin(
                    backfillOf(node).over("2022-11-01", "2022-11-04").inGroups(2));
            scene.tick();
            ClaimedAttempt running = scene.start(1).get(0);

            dieAfter(
                    step,
                    jdbi -> new BackfillActions(jdbi, scene.world.audit, scene.world.clock)
                            .pause(id, scene.world.anna, ""));
            scene.tick();
            assertThat(scene.backfill(id).standing().state()).isEqualTo(BackfillState.PAUSED);
            assertThat(scene.startAll()).as("pause died after %d", step).isEmpty();

            dieAfter(
                    step,
                    jdbi -> new BackfillActions(jdbi, scene.world.audit, scene.world.clock)
                            .stopRunning(id, scene.world.anna, ""));
            scene.tick();
            assertThat(scene.backfill(id).standing().state()).isEqualTo(BackfillState.CANCELLED);
            assertThat(scene.world
                            .instances
                            .get(running.instanceId())
                            .instance()
                            .stopAskedAt())
                    .as("stop died after %d", step)
                    .isNotNull();
            scene.stopped(running);
            assertThat(scene.rounds()).isEmpty();
            assertThat(scene.progress(id)).containsExactly(0, 0, 0, 0, 1, 3);
        }
    }

    @FunctionalInterface
    private interface Deed {
        void with(Jdbi jdbi);
    }

    /** Does something on a database that is out of reach after so many connections. */
    private void dieAfter(int connections, Deed deed) {
        AtomicInteger left = new AtomicInteger(connections);
        DataSource dying = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && left.getAndDecrement() <= 0) {
                        throw new SQLException("dead");
                    }
                    try {
                        return method.invoke(scene.world.pool, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try {
            deed.with(SchedulerDatabase.on(dying));
        } catch (RuntimeException e) {
            assertThat(e).hasStackTraceContaining("dead");
        }
    }

    private static <T> List<T> atOnce(int threads, Callable<T> what) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(what);
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(all)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
