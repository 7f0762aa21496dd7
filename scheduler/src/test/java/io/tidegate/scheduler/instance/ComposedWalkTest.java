package io.tidegate.scheduler.instance;

import static io.tidegate.scheduler.instance.InstanceState.FAILED;
import static io.tidegate.scheduler.instance.InstanceState.NOT_RUN;
import static io.tidegate.scheduler.instance.InstanceState.RUNNING;
import static io.tidegate.scheduler.instance.InstanceState.SUCCESS;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_RESOURCE;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.node.RerunProperty;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks every situation that an instance can come into, breadth first: itself, its attempt, its flags, its parents, its time and
 * what users may do. Where it leads is asked of {@link InstanceTransition} and {@link OperationRules} themselves; what is modelled
 * here is only who comes along when.
 */
class ComposedWalkTest {
    private static final InstanceEvent NOTHING_OF_ITS_OWN = new InstanceEvent.PriorityChanged();

    /** By itself, or by a user. */
    private enum By {
        SYSTEM,
        USER,
        WORLD
    }

    private record Move(By by, String name, Situation to) {}

    /**
     * @param held its backfill is paused or cancelled
     * @param attempt whether one runs
     * @param stopAsked of the attempt that runs
     * @param parentsDone all parents are a success
     * @param timeCome its time, or that of its next attempt
     * @param retries automatic reruns that are left; few, as more make no new situation
     * @param losses attempts that may still be lost
     */
    private record Situation(
            InstanceState state,
            boolean frozen,
            boolean dryRun,
            boolean held,
            boolean attempt,
            boolean stopAsked,
            boolean parentsDone,
            boolean timeCome,
            int retries,
            int losses) {

        InstanceFlags flags() {
            return new InstanceFlags(frozen, dryRun);
        }

        Situation after(InstanceEvent event) {
            InstanceTransition step = InstanceTransition.next(41, state, flags(), event);
            Set<InstanceEffect> effects = step.effects();
            boolean over = effects.contains(InstanceEffect.STARTS_OVER);
            boolean begins = effects.contains(InstanceEffect.BEGINS_ATTEMPT);
            boolean ends = effects.contains(InstanceEffect.ENDS_ATTEMPT);
            return new Situation(
                    step.to(),
                    frozen,
                    dryRun,
                    // A rerun begins anew, whatever its backfill does.
                    held && !over,
                    begins || (attempt && !ends),
                    !begins && !ends && stopAsked,
                    parentsDone,
                    timeCome,
                    over ? 1 : retries,
                    over ? 1 : losses);
        }

        Situation frozen(boolean now) {
            return new Situation(state, now, dryRun, held, attempt, stopAsked, parentsDone, timeCome, retries, losses);
        }

        Situation dry() {
            return new Situation(state, frozen, true, held, attempt, stopAsked, parentsDone, timeCome, retries, losses);
        }

        Situation held(boolean now) {
            return new Situation(
                    state, frozen, dryRun, now, attempt, stopAsked, parentsDone, timeCome, retries, losses);
        }

        Situation parents(boolean done) {
            return new Situation(state, frozen, dryRun, held, attempt, stopAsked, done, timeCome, retries, losses);
        }

        Situation time(boolean come) {
            return new Situation(state, frozen, dryRun, held, attempt, stopAsked, parentsDone, come, retries, losses);
        }

        Situation stopping() {
            return new Situation(state, frozen, dryRun, held, attempt, true, parentsDone, timeCome, retries, losses);
        }

        Situation spent(int someRetries, int someLosses) {
            return new Situation(
                    state,
                    frozen,
                    dryRun,
                    held,
                    attempt,
                    stopAsked,
                    parentsDone,
                    timeCome,
                    retries - someRetries,
                    losses - someLosses);
        }
    }

    private static List<Move> moves(Situation s, RerunProperty rerun) {
        List<Move> moves = new ArrayList<>();
        system(s, rerun, moves);
        users(s, rerun, moves);
        moves.add(new Move(By.WORLD, "parents", s.parents(!s.parentsDone())));
        if (!s.timeCome()) {
            moves.add(new Move(By.WORLD, "time", s.time(true)));
        }
        return moves;
    }

    /** Duties, workers and the ends of attempts. */
    private static void system(Situation s, RerunProperty rerun, List<Move> moves) {
        if (s.state() == NOT_RUN && s.parentsDone() && !s.held()) {
            moves.add(new Move(By.SYSTEM, "open", s.after(new InstanceEvent.ParentsDone())));
        }
        if (s.state() == WAIT_TIME && s.timeCome() && s.parentsDone() && !s.frozen() && !s.held()) {
            moves.add(new Move(
                    By.SYSTEM,
                    "due",
                    s.after(s.dryRun() ? new InstanceEvent.DryRunDue() : new InstanceEvent.TimeReached())));
        }
        // What was missed in a pause passes as a dry run: MissedInstances.
        if ((s.state() == NOT_RUN || s.state() == WAIT_TIME) && !s.dryRun()) {
            moves.add(new Move(By.SYSTEM, "missed", s.dry()));
        }
        if (s.state() == WAIT_RESOURCE && !s.frozen() && !s.dryRun()) {
            moves.add(new Move(By.SYSTEM, "claim", s.after(new InstanceEvent.SlotTaken())));
        }
        if (s.attempt()) {
            moves.add(new Move(By.SYSTEM, "succeeded", s.after(new InstanceEvent.AttemptSucceeded())));
            boolean again = s.retries() > 0 && !s.stopAsked();
            moves.add(new Move(
                    By.SYSTEM,
                    "failed",
                    again
                            ? s.after(new InstanceEvent.AttemptFailed(true))
                                    .spent(1, 0)
                                    .time(false)
                            : s.after(new InstanceEvent.AttemptFailed(false))));
            boolean taken = s.losses() > 0 && rerun != RerunProperty.DENIED;
            moves.add(new Move(
                    By.SYSTEM,
                    "lost",
                    s.stopAsked()
                            ? s.after(new InstanceEvent.StopAsked())
                            : taken
                                    ? s.after(new InstanceEvent.AttemptLost(true))
                                            .spent(0, 1)
                                    : s.after(new InstanceEvent.AttemptLost(false))));
            if (s.stopAsked()) {
                moves.add(new Move(By.SYSTEM, "stopped", s.after(new InstanceEvent.StopAsked())));
            }
        }
    }

    /** Everything that the rules allow; they are asked, and whatever they allow must be possible. */
    private static void users(Situation s, RerunProperty rerun, List<Move> moves) {
        var situation = new InstanceSituation(
                s.state(),
                s.flags(),
                rerun,
                true,
                s.parentsDone() ? List.of() : List.of("orders (instance 7, failed)"),
                s.parentsDone() ? 0 : 1,
                false);
        OperationRules.of(situation).forEach((operation, refusal) -> {
            if (refusal == null) {
                moves.add(new Move(By.USER, operation.word(), operated(s, operation)));
            }
        });
        // Whoever pauses, cancels or resumes a backfill: BackfillHolds.
        if (s.held() && EnumSet.of(NOT_RUN, WAIT_TIME, RUNNING).contains(s.state())) {
            moves.add(new Move(
                    By.USER, "released", s.after(new InstanceEvent.Released()).held(false)));
        }
        if (!s.held() && !s.state().isTerminal()) {
            moves.add(
                    new Move(By.USER, "held", s.after(new InstanceEvent.Held()).held(true)));
        }
        if (OperationRules.refusalToSendBack(s.state(), rerun) == null) {
            moves.add(new Move(By.USER, "sent-back", s.after(new InstanceEvent.SentBack())));
        }
    }

    private static Situation operated(Situation s, InstanceOperation operation) {
        return switch (operation) {
            // One that runs is only asked.
            case STOP -> s.state() == RUNNING ? s.stopping() : s.after(new InstanceEvent.StopAsked());
            case RERUN, RERUN_WITH_DESCENDANTS -> s.after(new InstanceEvent.RerunAsked());
            case SET_SUCCESS -> s.after(new InstanceEvent.SetSuccessAsked());
            case FREEZE -> s.after(new InstanceEvent.FreezeAsked()).frozen(true);
            case UNFREEZE -> s.after(new InstanceEvent.UnfreezeAsked()).frozen(false);
            case REMOVE_DEPENDENCY ->
                s.after(new InstanceEvent.DependencyRemoved()).parents(true);
            case CHANGE_PRIORITY -> s.after(NOTHING_OF_ITS_OWN);
            case RUN_NOW -> s.after(new InstanceEvent.RunNowAsked()).time(true).held(false);
        };
    }

    /** Every situation that can be reached, with what can happen in it. */
    private static Map<Situation, List<Move>> reached(RerunProperty rerun) {
        Map<Situation, List<Move>> all = new LinkedHashMap<>();
        Deque<Situation> open = new ArrayDeque<>();
        for (boolean frozen : new boolean[] {false, true}) {
            for (boolean dryRun : new boolean[] {false, true}) {
                open.add(new Situation(NOT_RUN, frozen, dryRun, false, false, false, false, false, 1, 1));
            }
        }
        while (!open.isEmpty()) {
            Situation next = open.poll();
            if (!all.containsKey(next)) {
                List<Move> moves = moves(next, rerun);
                all.put(next, moves);
                moves.forEach(move -> open.add(move.to()));
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(RerunProperty.class)
    void an_attempt_runs_exactly_while_its_instance_is_running(RerunProperty rerun) {
        for (Situation situation : reached(rerun).keySet()) {
            assertThat(situation.attempt()).as(situation.toString()).isEqualTo(situation.state() == RUNNING);
            assertThat(situation.stopAsked() && !situation.attempt())
                    .as("a stop outlives its attempt: " + situation)
                    .isFalse();
            assertThat(situation.dryRun() && (situation.attempt() || situation.state() == WAIT_RESOURCE))
                    .as("a dry run waits for a slot: " + situation)
                    .isFalse();
            assertThat(situation.held() && situation.state() == WAIT_RESOURCE)
                    .as("what its backfill holds waits for a slot: " + situation)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(RerunProperty.class)
    void what_is_over_stays_so_until_a_user_asks(RerunProperty rerun) {
        Set<String> allowed = Set.of("rerun", "rerun-with-descendants", "set-success", "sent-back");
        reached(rerun)
                .forEach((situation, moves) -> moves.stream()
                        .filter(move ->
                                situation.state().isTerminal() && move.to().state() != situation.state())
                        .forEach(move -> {
                            assertThat(move.by()).as(situation + " " + move).isEqualTo(By.USER);
                            assertThat(allowed).contains(move.name());
                            assertThat(rerun == RerunProperty.DENIED
                                            && !move.name().equals("set-success"))
                                    .as("a rerun that the node denies: " + situation + " " + move)
                                    .isFalse();
                        }));
    }

    @ParameterizedTest
    @EnumSource(RerunProperty.class)
    void every_situation_is_left_by_itself_once_parents_are_done_time_has_come_and_nobody_holds_it(
            RerunProperty rerun) {
        Map<Situation, List<Move>> all = reached(rerun);
        Set<Situation> ends = leadTo(all, s -> s.state().isTerminal(), EnumSet.of(By.SYSTEM, By.WORLD));

        assertThat(all.keySet())
                .allSatisfy(situation -> assertThat(ends.contains(situation)
                                || ((situation.frozen() || situation.held()) && !situation.attempt()))
                        .as("stuck: " + situation)
                        .isTrue());
        Set<Situation> unfrozen = leadTo(all, s -> s.state().isTerminal(), EnumSet.allOf(By.class));
        assertThat(unfrozen).containsAll(all.keySet());
    }

    @ParameterizedTest
    @EnumSource(RerunProperty.class)
    void every_running_instance_has_a_way_out_that_needs_nobody(RerunProperty rerun) {
        reached(rerun).forEach((situation, moves) -> {
            if (situation.state() == RUNNING) {
                assertThat(moves.stream().filter(m -> m.by() == By.SYSTEM && m.to().state() != RUNNING))
                        .as(situation.toString())
                        .isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(RerunProperty.class)
    void what_is_frozen_or_held_neither_begins_nor_passes(RerunProperty rerun) {
        reached(rerun)
                .forEach((situation, moves) -> moves.stream()
                        .filter(move -> (situation.frozen() || situation.held())
                                && move.by() == By.SYSTEM
                                && !situation.attempt())
                        .forEach(move -> assertThat(move.to().state())
                                .as(situation + " " + move)
                                .isIn(NOT_RUN, WAIT_TIME)
                                .isNotIn(RUNNING, SUCCESS, FAILED)));
    }

    @ParameterizedTest
    @EnumSource(RerunProperty.class)
    void automatic_reruns_end(RerunProperty rerun) {
        // Without users and with parents that stay done, no situation comes twice: so nothing goes round for ever.
        Map<Situation, List<Move>> all = reached(rerun);
        Set<Situation> done = new HashSet<>();
        for (Situation start : all.keySet()) {
            refuseCircles(all, start, new HashSet<>(), done);
        }
        assertThat(done).hasSameSizeAs(all.keySet());
    }

    @Test
    void the_walk_comes_everywhere() {
        Map<Situation, List<Move>> all = reached(RerunProperty.ALLOWED);

        assertThat(all.keySet().stream().map(Situation::state)).contains(InstanceState.values());
        Stream<String> names = all.values().stream().flatMap(List::stream).map(Move::name);
        assertThat(names.distinct())
                .contains("open", "due", "claim", "succeeded", "failed", "lost", "stopped", "missed", "sent-back")
                .contains(Stream.of(InstanceOperation.values())
                        .map(InstanceOperation::word)
                        .toArray(String[]::new));
        assertThat(all).hasSizeGreaterThan(200);
    }

    private static void refuseCircles(
            Map<Situation, List<Move>> all, Situation from, Set<Situation> path, Set<Situation> done) {
        if (done.contains(from)) {
            return;
        }
        assertThat(path.add(from)).as("a circle through " + from).isTrue();
        for (Move move : all.getOrDefault(from, List.of())) {
            boolean byItself = move.by() == By.SYSTEM
                    || (move.by() == By.WORLD && move.name().equals("time"));
            if (byItself) {
                refuseCircles(all, move.to(), path, done);
            }
        }
        path.remove(from);
        done.add(from);
    }

    /** The situations from which a goal can be reached by moves of these kinds. */
    private static Set<Situation> leadTo(Map<Situation, List<Move>> all, Predicate<Situation> goal, Set<By> by) {
        Map<Situation, List<Situation>> back = new HashMap<>();
        all.forEach((from, moves) -> moves.stream()
                .filter(move -> by.contains(move.by()))
                .forEach(move ->
                        back.computeIfAbsent(move.to(), s -> new ArrayList<>()).add(from)));
        Set<Situation> reach = new HashSet<>();
        Deque<Situation> open =
                new ArrayDeque<>(all.keySet().stream().filter(goal).toList());
        while (!open.isEmpty()) {
            Situation next = open.poll();
            if (reach.add(next)) {
                open.addAll(back.getOrDefault(next, List.of()));
            }
        }
        return reach;
    }
}
