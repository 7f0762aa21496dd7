package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.BackfillScene.backfillOf;
import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillDate;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeId;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order: the counts add up, the dates keep their order, and what is held does not start. */
class BackfillPropertyTest {
    private static final int STEPS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void counts_add_up_and_the_order_holds_at_each_step(long seed) {
        try (BackfillScene scene = new BackfillScene()) {
            Random random = new Random(seed);
            NodeId hours = scene.world.deploy("hours", Hour.every(8, LocalTime.of(1, 0), LocalTime.of(23, 59)));
            NodeId days = scene.world.deploy("days", daily("06:00"), "hours");
            NodeId last = scene.world.deploy("last", daily("06:00"), "days");
            int groups = 1 + random.nextInt(3);
            var wish = backfillOf(hours, days, last)
                    .over("2022-11-01", "2022-11-06")
                    .inGroups(groups);
            wish = random.nextBoolean() ? wish.goingOnAfterFailures() : wish;
            wish = random.nextBoolean() ? wish.descending() : wish;
            wish = random.nextBoolean() ? wish.without(days) : wish;
            BackfillId id = scene.begin(wish);
            List<ClaimedAttempt> running = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                String what = act(scene, id, running, random);
                check(scene, id, groups, running, "seed %d, step %d: %s".formatted(seed, step, what));
            }
            finish(scene, id, running);
        }
    }

    private static String act(BackfillScene scene, BackfillId id, List<ClaimedAttempt> running, Random random) {
        int dice = random.nextInt(20);
        try {
            if (dice < 6) {
                scene.tick();
                return "tick";
            }
            if (dice < 11) {
                running.addAll(scene.start(1 + random.nextInt(3)));
                return "start";
            }
            if (dice < 15 && !running.isEmpty()) {
                scene.succeed(running.remove(random.nextInt(running.size())));
                return "succeed";
            }
            if (dice == 15 && !running.isEmpty()) {
                scene.fail(running.remove(random.nextInt(running.size())));
                return "fail";
            }
            if (dice == 16) {
                scene.world.backfillActions.pause(id, scene.world.anna, "");
                return "pause";
            }
            if (dice < 19) {
                scene.world.backfillActions.resume(id, scene.world.anna, "");
                return "resume";
            }
            List<Instance> failed = scene.instances(id, "hours").stream()
                    .filter(i -> i.state() == InstanceState.FAILED)
                    .toList();
            if (!failed.isEmpty()) {
                scene.world.actions.rerun(failed.get(0).id(), scene.world.anna);
                return "rerun";
            }
        } catch (ConflictException e) {
            return "refused: " + e.getMessage();
        }
        return "nothing";
    }

    private static void check(
            BackfillScene scene, BackfillId id, int groups, List<ClaimedAttempt> running, String when) {
        Backfill backfill = scene.backfill(id);
        assertThat(scene.progress(id).stream().mapToInt(Integer::intValue).sum())
                .as(when)
                .isEqualTo(6 * 5)
                .isEqualTo(backfill.total());
        assertThat(backfill.progress().running()).as(when).isEqualTo(running.size());

        List<BackfillDate> dates = scene.dates(id);
        assertThat(dates.stream().map(date -> date.begunAt() != null))
                .as(when)
                .isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
        assertThat(scene.datesInHand(id)).as(when).hasSizeLessThanOrEqualTo(groups);
        for (BackfillDate date : dates) {
            int touched = Stream.of(
                            InstanceState.RUNNING,
                            InstanceState.FAILED,
                            InstanceState.SUCCESS,
                            InstanceState.WAIT_RESOURCE)
                    .mapToInt(state -> date.counts().getOrDefault(state, 0))
                    .sum();
            if (date.begunAt() == null) {
                assertThat(touched).as(when).isZero();
            }
        }
        if (backfill.standing().state() == BackfillState.PAUSED) {
            assertThat(scene.world.number("""
                            SELECT count(*) FROM instance
                            WHERE origin_key = '%d' AND generation = 1 AND state = 'WAIT_RESOURCE'""".formatted(id.value()))).as(when).isZero();
        }
    }

    private static void finish(BackfillScene scene, BackfillId id, List<ClaimedAttempt> running) {
        running.forEach(scene::succeed);
        for (int i = 0; i < 20 && scene.backfill(id).standing().state() != BackfillState.DONE; i++) {
            try {
                scene.world.backfillActions.resume(id, scene.world.anna, "");
            } catch (ConflictException e) {
                assertThat(e).hasMessageStartingWith("The backfill is");
            }
            scene.rounds();
        }
        Backfill done = scene.backfill(id);
        assertThat(done.standing().state()).isEqualTo(BackfillState.DONE);
        assertThat(done.dates()).isEqualTo(new Backfill.DateCounts(6, 6, 6));
        assertThat(done.progress().notSubmitted()
                        + done.progress().running()
                        + done.progress().cancelled())
                .isZero();
        // What waits then waits for a failure only.
        assertThat(done.progress().waiting() > 0)
                .isEqualTo(done.progress().failed() > 0 && done.progress().waiting() > 0);
    }
}
