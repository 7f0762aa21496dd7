package io.tidegate.scheduler.instance;

import static io.tidegate.scheduler.instance.InstanceState.FAILED;
import static io.tidegate.scheduler.instance.InstanceState.NOT_RUN;
import static io.tidegate.scheduler.instance.InstanceState.RUNNING;
import static io.tidegate.scheduler.instance.InstanceState.SUCCESS;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_RESOURCE;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InstanceTransitionTest {
    private static final List<InstanceEvent> EVENTS = List.of(
            new InstanceEvent.ParentsDone(),
            new InstanceEvent.TimeReached(),
            new InstanceEvent.DryRunDue(),
            new InstanceEvent.SlotTaken(),
            new InstanceEvent.AttemptSucceeded(),
            new InstanceEvent.AttemptFailed(true),
            new InstanceEvent.AttemptFailed(false),
            new InstanceEvent.AttemptLost(true),
            new InstanceEvent.AttemptLost(false),
            new InstanceEvent.StopAsked(),
            new InstanceEvent.RerunAsked(),
            new InstanceEvent.SetSuccessAsked(),
            new InstanceEvent.SentBack(),
            new InstanceEvent.FreezeAsked(),
            new InstanceEvent.UnfreezeAsked(),
            new InstanceEvent.DependencyRemoved(),
            new InstanceEvent.PriorityChanged(),
            new InstanceEvent.RunNowAsked(),
            new InstanceEvent.Held(),
            new InstanceEvent.Released());

    /** What users do to an instance without moving it. */
    private static final Set<InstanceEvent.Kind> LEAVE_THE_STATE = EnumSet.of(
            InstanceEvent.Kind.FREEZE_ASKED,
            InstanceEvent.Kind.UNFREEZE_ASKED,
            InstanceEvent.Kind.DEPENDENCY_REMOVED,
            InstanceEvent.Kind.PRIORITY_CHANGED,
            InstanceEvent.Kind.RUN_NOW_ASKED,
            InstanceEvent.Kind.RELEASED);

    /** Every step that is allowed; what is not here must be refused. */
    private static final Map<InstanceEvent, Map<InstanceState, InstanceState>> TABLE = Map.ofEntries(
            Map.entry(new InstanceEvent.ParentsDone(), Map.of(NOT_RUN, WAIT_TIME)),
            Map.entry(new InstanceEvent.TimeReached(), Map.of(WAIT_TIME, WAIT_RESOURCE)),
            Map.entry(new InstanceEvent.DryRunDue(), Map.of(WAIT_TIME, SUCCESS)),
            Map.entry(new InstanceEvent.SlotTaken(), Map.of(WAIT_RESOURCE, RUNNING)),
            Map.entry(new InstanceEvent.AttemptSucceeded(), Map.of(RUNNING, SUCCESS)),
            Map.entry(new InstanceEvent.AttemptFailed(true), Map.of(RUNNING, WAIT_TIME)),
            Map.entry(new InstanceEvent.AttemptFailed(false), Map.of(RUNNING, FAILED)),
            Map.entry(new InstanceEvent.AttemptLost(true), Map.of(RUNNING, WAIT_TIME)),
            Map.entry(new InstanceEvent.AttemptLost(false), Map.of(RUNNING, FAILED)),
            Map.entry(new InstanceEvent.StopAsked(), Map.of(WAIT_TIME, FAILED, WAIT_RESOURCE, FAILED, RUNNING, FAILED)),
            Map.entry(new InstanceEvent.RerunAsked(), Map.of(NOT_RUN, NOT_RUN, SUCCESS, NOT_RUN, FAILED, NOT_RUN)),
            Map.entry(new InstanceEvent.SetSuccessAsked(), Map.of(FAILED, SUCCESS)),
            Map.entry(
                    new InstanceEvent.SentBack(),
                    Map.of(
                            NOT_RUN,
                            NOT_RUN,
                            WAIT_TIME,
                            NOT_RUN,
                            WAIT_RESOURCE,
                            NOT_RUN,
                            SUCCESS,
                            NOT_RUN,
                            FAILED,
                            NOT_RUN)),
            Map.entry(new InstanceEvent.FreezeAsked(), staysIn(NOT_RUN, WAIT_TIME, WAIT_RESOURCE)),
            Map.entry(new InstanceEvent.UnfreezeAsked(), staysIn(InstanceState.values())),
            Map.entry(new InstanceEvent.DependencyRemoved(), staysIn(NOT_RUN, WAIT_TIME)),
            Map.entry(new InstanceEvent.PriorityChanged(), staysIn(NOT_RUN, WAIT_TIME, WAIT_RESOURCE)),
            Map.entry(new InstanceEvent.RunNowAsked(), staysIn(WAIT_TIME)),
            Map.entry(
                    new InstanceEvent.Held(),
                    Map.of(NOT_RUN, NOT_RUN, WAIT_TIME, WAIT_TIME, WAIT_RESOURCE, WAIT_TIME, RUNNING, RUNNING)),
            Map.entry(new InstanceEvent.Released(), staysIn(NOT_RUN, WAIT_TIME, RUNNING)));

    private static Map<InstanceState, InstanceState> staysIn(InstanceState... states) {
        return Arrays.stream(states).collect(Collectors.toMap(state -> state, state -> state));
    }

    static Stream<Arguments> everyPair() {
        return Arrays.stream(InstanceState.values())
                .flatMap(state -> EVENTS.stream().map(event -> Arguments.of(state, event)));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("everyPair")
    void every_event_leads_where_the_table_says_or_is_refused(InstanceState from, InstanceEvent event) {
        InstanceState to = TABLE.getOrDefault(event, Map.of()).get(from);
        if (to == null) {
            assertThatExceptionOfType(IllegalTransitionException.class)
                    .isThrownBy(() -> InstanceTransition.next(41, from, event))
                    .withMessage("instance 41 received " + event.name() + " while in " + from);
            return;
        }
        InstanceTransition step = InstanceTransition.next(from, event);

        assertThat(step.from()).isEqualTo(from);
        assertThat(step.event()).isEqualTo(event);
        assertThat(step.to()).isEqualTo(to);
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("everyPair")
    void what_is_written_follows_from_where_the_step_leads(InstanceState from, InstanceEvent event) {
        InstanceState to = TABLE.getOrDefault(event, Map.of()).get(from);
        if (to == null) {
            return;
        }
        Set<InstanceEffect> effects = InstanceTransition.next(from, event).effects();
        if (LEAVE_THE_STATE.contains(event.kind())) {
            assertThat(to).isEqualTo(from);
            assertThat(effects).isEmpty();
            return;
        }

        if (event.kind() == InstanceEvent.Kind.HELD) {
            assertThat(to).isEqualTo(from == WAIT_RESOURCE ? WAIT_TIME : from);
            assertThat(effects).isEmpty();
            return;
        }

        assertThat(effects.contains(InstanceEffect.FINISHES)).isEqualTo(to.isTerminal());
        assertThat(effects.contains(InstanceEffect.OPENS_CHILDREN)).isEqualTo(to == SUCCESS);
        assertThat(effects.contains(InstanceEffect.BEGINS_ATTEMPT)).isEqualTo(to == RUNNING);
        assertThat(effects.contains(InstanceEffect.ENDS_ATTEMPT)).isEqualTo(from == RUNNING);
        assertThat(effects.contains(InstanceEffect.SPENDS_AUTO_RERUN)).isEqualTo(event.retry());
        assertThat(effects.contains(InstanceEffect.STARTS_OVER)).isEqualTo(to == NOT_RUN);
        assertThat(effects.contains(InstanceEffect.LOOKS_AT_PARENTS)).isEqualTo(to == NOT_RUN);
    }

    @Test
    void the_list_of_events_misses_none() {
        assertThat(EVENTS.stream().map(InstanceEvent::kind).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(InstanceEvent.Kind.class));
        assertThat(InstanceEvent.class.getPermittedSubclasses()).hasSameSizeAs(InstanceEvent.Kind.values());
        assertThat(TABLE.keySet()).containsExactlyInAnyOrderElementsOf(EVENTS);
    }

    @Test
    void every_state_can_be_left_by_a_user_or_by_itself() {
        for (InstanceState state : InstanceState.values()) {
            assertThat(TABLE.values()).as(state.name()).anyMatch(steps -> steps.containsKey(state));
        }
    }

    @Test
    void a_frozen_instance_takes_no_slot_and_passes_no_dry_run() {
        var frozen = new InstanceFlags(true, false);
        var frozenDryRun = new InstanceFlags(true, true);

        assertThatExceptionOfType(IllegalTransitionException.class)
                .isThrownBy(() -> InstanceTransition.next(41, WAIT_RESOURCE, frozen, new InstanceEvent.SlotTaken()))
                .withMessage("instance 41 received SlotTaken while in WAIT_RESOURCE, but it is frozen");
        assertThatExceptionOfType(IllegalTransitionException.class)
                .isThrownBy(() -> InstanceTransition.next(41, WAIT_TIME, frozenDryRun, new InstanceEvent.DryRunDue()))
                .withMessageContaining("but it is frozen");
        assertThatExceptionOfType(IllegalTransitionException.class)
                .isThrownBy(() -> InstanceTransition.next(41, WAIT_TIME, frozen, new InstanceEvent.RunNowAsked()))
                .withMessageContaining("but it is frozen");
        assertThat(InstanceTransition.next(41, WAIT_TIME, frozen, new InstanceEvent.TimeReached())
                        .to())
                .isEqualTo(WAIT_RESOURCE);
        assertThat(InstanceTransition.next(41, WAIT_RESOURCE, frozen, new InstanceEvent.StopAsked())
                        .to())
                .isEqualTo(FAILED);
    }

    @Test
    void a_dry_run_passes_at_its_time_and_never_takes_a_slot() {
        var dryRun = new InstanceFlags(false, true);

        assertThat(InstanceTransition.next(41, WAIT_TIME, dryRun, new InstanceEvent.DryRunDue())
                        .to())
                .isEqualTo(SUCCESS);
        assertThatExceptionOfType(IllegalTransitionException.class)
                .isThrownBy(() -> InstanceTransition.next(41, WAIT_RESOURCE, dryRun, new InstanceEvent.SlotTaken()))
                .withMessageContaining("takes no slot");
        assertThatExceptionOfType(IllegalTransitionException.class)
                .isThrownBy(
                        () -> InstanceTransition.next(41, WAIT_TIME, InstanceFlags.NONE, new InstanceEvent.DryRunDue()))
                .withMessageContaining("but it is no dry run");
    }
}
