package io.tidegate.scheduler.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.readiness.Readiness.Code;
import io.tidegate.scheduler.readiness.ReadinessFacts.BackfillStanding;
import io.tidegate.scheduler.readiness.ReadinessFacts.Condition;
import io.tidegate.scheduler.readiness.ReadinessFacts.Done;
import io.tidegate.scheduler.readiness.ReadinessFacts.Freeze;
import io.tidegate.scheduler.readiness.ReadinessFacts.HeldByBackfill;
import io.tidegate.scheduler.readiness.ReadinessFacts.NotRun;
import io.tidegate.scheduler.readiness.ReadinessFacts.Parent;
import io.tidegate.scheduler.readiness.ReadinessFacts.Running;
import io.tidegate.scheduler.readiness.ReadinessFacts.UnplannedParent;
import io.tidegate.scheduler.readiness.ReadinessFacts.WaitResource;
import io.tidegate.scheduler.readiness.ReadinessFacts.WaitTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadinessSentenceTest {
    private static final Instant TIME = Instant.parse("2026-11-22T02:00:00Z");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static Parent parent(long id, Condition condition) {
        return new Parent(id, "orders_" + id, condition);
    }

    private static final @Nullable Freeze NONE = null;
    private static final Freeze BY_ANNA = new Freeze("anna", TIME.minusSeconds(600), "topic is being moved");
    private static final Freeze BY_TYPE = new Freeze(null, null, "");

    private static NotRun notRun(List<Parent> unfinished, int count, @Nullable Freeze freeze) {
        return new NotRun(unfinished, count, freeze, SHANGHAI);
    }

    private static WaitTime waitTime(Duration untilEligible, int attempts, @Nullable Freeze freeze, boolean dryRun) {
        Instant eligible = attempts > 0 ? TIME.plusSeconds(120) : TIME;
        return new WaitTime(TIME, eligible, attempts, freeze, dryRun, null, eligible.minus(untilEligible), SHANGHAI);
    }

    private static WaitTime unplanned(boolean scheduled) {
        var parent = new UnplannedParent("orders", TIME, "shop", scheduled);
        return new WaitTime(TIME, TIME, 0, null, false, parent, TIME, SHANGHAI);
    }

    private static WaitResource waitResource(@Nullable Freeze freeze, int slots, int used, int ahead, Duration waited) {
        return new WaitResource(freeze, "default", slots, used, 1, 4, ahead, waited, null, SHANGHAI);
    }

    private static WaitResource workers(int workers, int workersFree) {
        return new WaitResource(NONE, "default", 8, 2, workers, workersFree, 3, Duration.ofHours(1), null, SHANGHAI);
    }

    private static HeldByBackfill held(BackfillStanding standing, boolean begun) {
        return new HeldByBackfill(
                "winter",
                standing,
                "anna",
                TIME,
                "a full disk",
                LocalDate.of(2026, 1, 3),
                3,
                begun,
                List.of(LocalDate.of(2026, 1, 2)),
                parent(7, Condition.FAILED),
                SHANGHAI);
    }

    static Stream<Arguments> facts() {
        var hour = Duration.ofHours(1);
        return Stream.of(
                Arguments.of(
                        new WaitResource(
                                null, "default", 4, 2, 1, 4, 0, hour, new ReadinessFacts.NodeLimit(2, 2), SHANGHAI),
                        Code.WAITS_FOR_NODE_SLOT,
                        "Waits for a slot of its node: 2 of 2 instances that may run at once run. It runs when one of them ends"
                                + " and a slot of resource group default is free. It has waited 1 h."),
                Arguments.of(
                        new WaitResource(
                                null, "default", 4, 4, 1, 4, 0, hour, new ReadinessFacts.NodeLimit(2, 1), SHANGHAI),
                        Code.WAITS_FOR_SLOT,
                        "All 4 slots of resource group default are taken and nothing is before it: it runs when it is first"
                                + " and a slot is free. It has waited 1 h."),
                Arguments.of(
                        new WaitResource(null, "default", 4, 6, 1, 4, 1, hour, null, SHANGHAI),
                        Code.WAITS_FOR_SLOT,
                        "6 instances run in resource group default, which has 4 slots now, and 1 instance is before it: it runs"
                                + " when it is first and fewer than 4 run. It has waited 1 h."),
                Arguments.of(
                        notRun(List.of(parent(7, Condition.RUNNING)), 1, NONE),
                        Code.WAITS_FOR_PARENTS,
                        "Waits for orders_7 (instance 7, running): it goes on when that one is done."),
                Arguments.of(
                        notRun(List.of(parent(7, Condition.WAITING), parent(8, Condition.FAILED)), 2, NONE),
                        Code.PARENT_FAILED,
                        "Held by orders_8 (instance 8, failed), orders_7 (instance 7, waiting): it runs when the failed one is"
                                + " rerun with success, or is set to success."),
                Arguments.of(
                        notRun(List.of(parent(7, Condition.FROZEN)), 9, NONE),
                        Code.PARENT_FROZEN,
                        "Held by orders_7 (instance 7, frozen) and 8 more: it runs after the frozen one is unfrozen and done."),
                Arguments.of(
                        notRun(List.of(parent(7, Condition.RUNNING)), 1, BY_ANNA),
                        Code.WAITS_FOR_PARENTS,
                        "Waits for orders_7 (instance 7, running): it goes on when that one is done. It is frozen by"
                                + " anna since 2026-11-22 09:50:00 Asia/Shanghai (topic is being moved) as well, and must be unfrozen."),
                Arguments.of(
                        notRun(List.of(), 300, NONE),
                        Code.WAITS_FOR_PARENTS,
                        "Waits for 300 parents: it goes on when all of them are done."),
                Arguments.of(
                        notRun(List.of(), 0, NONE),
                        Code.PARENTS_DONE_NOT_NOTICED,
                        "All parents are done; it goes on within seconds, when the scheduler next looks."),
                Arguments.of(
                        waitTime(hour, 0, NONE, false),
                        Code.WAITS_FOR_TIME,
                        "Its parents are done; it may run from 2026-11-22 10:00:00 Asia/Shanghai on, in 1 h."),
                Arguments.of(
                        waitTime(Duration.ofHours(25), 0, BY_TYPE, true),
                        Code.WAITS_FOR_TIME,
                        "Its parents are done; it passes as a dry run from 2026-11-22 10:00:00 Asia/Shanghai on, in 1 d 1 h."
                                + " It is frozen by the scheduling type of its node as well, and must be unfrozen."),
                Arguments.of(
                        waitTime(Duration.ofSeconds(90), 2, NONE, false),
                        Code.WAITS_FOR_RETRY,
                        "Attempt 2 failed; attempt 3 may begin at 2026-11-22 10:02:00 Asia/Shanghai, in 1 min 30 s."),
                Arguments.of(
                        waitTime(Duration.ZERO, 0, NONE, false),
                        Code.DUE_NOT_NOTICED,
                        "Its time has come; it goes on within seconds, when the scheduler next looks."),
                Arguments.of(
                        waitTime(Duration.ZERO, 0, BY_ANNA, false),
                        Code.FROZEN,
                        "It is due but frozen by anna since 2026-11-22 09:50:00 Asia/Shanghai (topic is being moved): it goes on"
                                + " when it is unfrozen."),
                Arguments.of(
                        waitTime(Duration.ZERO, 0, BY_TYPE, true),
                        Code.FROZEN,
                        "It is due but frozen by the scheduling type of its node: it passes as a dry run when it is unfrozen."),
                Arguments.of(
                        unplanned(true),
                        Code.PARENT_NOT_PLANNED,
                        "It is due, but its parent node orders is planned only up to 2026-11-22 10:00:00 Asia/Shanghai: it goes"
                                + " on when the scheduler has planned further, as a rule within seconds."),
                Arguments.of(
                        unplanned(false),
                        Code.PARENT_NOT_PLANNED,
                        "It is due, but its parent node orders is planned only up to 2026-11-22 10:00:00 Asia/Shanghai: it goes"
                                + " on after periodic scheduling of workspace shop is switched on, or without this parent when"
                                + " somebody runs it now."),
                Arguments.of(
                        waitResource(BY_ANNA, 8, 0, 0, hour),
                        Code.FROZEN,
                        "It is due but frozen by anna since 2026-11-22 09:50:00 Asia/Shanghai (topic is being moved): it runs"
                                + " when it is unfrozen and a slot of resource group default is free."),
                Arguments.of(
                        workers(0, 0),
                        Code.NO_WORKER,
                        "It waits for a slot in resource group default: no worker serves it. It runs when one is started"
                                + " (tidegate worker --resource-group default)."),
                Arguments.of(
                        workers(1, 0),
                        Code.WAITS_FOR_SLOT,
                        "The only worker that serves resource group default is busy and 3 instances are before it: it runs"
                                + " when it is first and a worker has ended something. It has waited 1 h."),
                Arguments.of(
                        workers(2, 0),
                        Code.WAITS_FOR_SLOT,
                        "All 2 workers that serve resource group default are busy and 3 instances are before it: it runs"
                                + " when it is first and a worker has ended something. It has waited 1 h."),
                Arguments.of(
                        waitResource(NONE, 8, 8, 1, hour),
                        Code.WAITS_FOR_SLOT,
                        "All 8 slots of resource group default are taken and 1 instance is before it: it runs when it is first"
                                + " and a slot is free. It has waited 1 h."),
                Arguments.of(
                        waitResource(NONE, 8, 8, WaitResource.AHEAD_MAX, hour),
                        Code.WAITS_FOR_SLOT,
                        "All 8 slots of resource group default are taken and 1000 instances or more are before it: it runs when"
                                + " it is first and a slot is free. It has waited 1 h."),
                Arguments.of(
                        waitResource(NONE, 8, 5, 0, Duration.ofSeconds(2)),
                        Code.SLOT_FREE,
                        "3 of 8 slots of resource group default are free and nothing is before it: a worker takes it within"
                                + " seconds. It has waited 2 s."),
                Arguments.of(
                        new Running(2, "host-1", TIME, TIME.plusSeconds(30), TIME.plusSeconds(5)),
                        Code.RUNNING,
                        "Running for 5 s: attempt 2 on worker host-1."),
                Arguments.of(
                        new Running(2, "host-1", TIME, TIME.plusSeconds(30), TIME.plusSeconds(95)),
                        Code.LEASE_RUN_OUT,
                        "The lease of attempt 2 on worker host-1 ran out 1 min 5 s ago: the scheduler takes it back within"
                                + " seconds, and reruns it if the node has automatic reruns."),
                Arguments.of(
                        held(BackfillStanding.GOES_ON, false),
                        Code.WAITS_FOR_BACKFILL,
                        "Waits for its backfill winter: business date 2026-01-03 is number 3 there, and 2026-01-02 runs first."),
                Arguments.of(
                        held(BackfillStanding.GOES_ON, true),
                        Code.WAITS_FOR_BACKFILL,
                        "Business date 2026-01-03 of its backfill winter has begun; it goes on within seconds, when the scheduler"
                                + " next looks."),
                Arguments.of(
                        held(BackfillStanding.HALTED, false),
                        Code.WAITS_FOR_BACKFILL,
                        "Waits for its backfill winter, which stands still because orders_7 (instance 7) failed: it goes on when"
                                + " that one succeeds or is set to success, or when somebody resumes the backfill."),
                Arguments.of(
                        held(BackfillStanding.PAUSED, true),
                        Code.BACKFILL_PAUSED,
                        "Its backfill winter was paused by anna at 2026-11-22 10:00:00 Asia/Shanghai (a full disk): it goes on when somebody resumes the backfill."),
                Arguments.of(
                        held(BackfillStanding.CANCELLED, false),
                        Code.BACKFILL_CANCELLED,
                        "Its backfill winter was cancelled by anna at 2026-11-22 10:00:00 Asia/Shanghai (a full disk) before it began, so it does not run: rerun it to"
                                + " run it alone, or make a backfill of what is missing."),
                Arguments.of(new Done(true, null), Code.DONE, "Done."),
                Arguments.of(
                        new Done(false, "Table ods.orders not found."),
                        Code.DONE,
                        "Failed. Table ods.orders not found. It runs again when someone reruns it; setting it to success lets its"
                                + " children go on."));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("facts")
    void facts_become_one_reason_and_its_words(ReadinessFacts facts, Code code, String sentence) {
        assertThat(ReadinessSentence.of(facts)).isEqualTo(new Readiness(code, sentence));
    }

    @Test
    void every_reason_and_every_state_is_covered_here() {
        assertThat(facts().map(a -> a.get()[1]).distinct()).hasSameSizeAs(Code.values());
        assertThat(facts().map(a -> a.get()[0].getClass()).distinct()).hasSize(6);
    }

    @Test
    void clocks_that_disagree_make_no_negative_times() {
        var facts = new Running(1, "host-1", TIME, TIME.plusSeconds(30), TIME.minusSeconds(2));

        assertThat(ReadinessSentence.of(facts).sentence()).startsWith("Running for 0 s");
    }
}
