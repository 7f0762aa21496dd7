package io.tidegate.scheduler.instance;

import static io.tidegate.scheduler.instance.InstanceState.FAILED;
import static io.tidegate.scheduler.instance.InstanceState.NOT_RUN;
import static io.tidegate.scheduler.instance.InstanceState.RUNNING;
import static io.tidegate.scheduler.instance.InstanceState.SUCCESS;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_RESOURCE;
import static io.tidegate.scheduler.instance.InstanceState.WAIT_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.node.RerunProperty;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperationRulesTest {
    private static final InstanceFlags FROZEN = new InstanceFlags(true, false);

    /** In an ordinary situation: not frozen, reruns allowed, one child, and parents that are done wherever that can be. */
    private static final Map<InstanceOperation, Set<InstanceState>> ALLOWED = Map.of(
            InstanceOperation.STOP, EnumSet.of(WAIT_TIME, WAIT_RESOURCE, RUNNING),
            InstanceOperation.RERUN, EnumSet.of(NOT_RUN, SUCCESS, FAILED),
            InstanceOperation.RERUN_WITH_DESCENDANTS, EnumSet.of(NOT_RUN, SUCCESS, FAILED),
            InstanceOperation.SET_SUCCESS, EnumSet.of(FAILED),
            InstanceOperation.FREEZE, EnumSet.of(NOT_RUN, WAIT_TIME, WAIT_RESOURCE),
            InstanceOperation.UNFREEZE, EnumSet.noneOf(InstanceState.class),
            InstanceOperation.REMOVE_DEPENDENCY, EnumSet.of(NOT_RUN),
            InstanceOperation.CHANGE_PRIORITY, EnumSet.of(NOT_RUN, WAIT_TIME, WAIT_RESOURCE),
            InstanceOperation.RUN_NOW, EnumSet.of(WAIT_TIME));

    /** The event with which an operation begins, so that the table cannot promise what the transitions refuse. */
    private static final Map<InstanceOperation, InstanceEvent> EVENT = Map.of(
            InstanceOperation.STOP, new InstanceEvent.StopAsked(),
            InstanceOperation.RERUN, new InstanceEvent.RerunAsked(),
            InstanceOperation.RERUN_WITH_DESCENDANTS, new InstanceEvent.RerunAsked(),
            InstanceOperation.SET_SUCCESS, new InstanceEvent.SetSuccessAsked(),
            InstanceOperation.FREEZE, new InstanceEvent.FreezeAsked(),
            InstanceOperation.UNFREEZE, new InstanceEvent.UnfreezeAsked(),
            InstanceOperation.REMOVE_DEPENDENCY, new InstanceEvent.DependencyRemoved(),
            InstanceOperation.CHANGE_PRIORITY, new InstanceEvent.PriorityChanged(),
            InstanceOperation.RUN_NOW, new InstanceEvent.RunNowAsked());

    private static InstanceSituation ordinary(InstanceState state) {
        List<String> unfinished = state == NOT_RUN ? List.of("orders (instance 7, failed)") : List.of();
        return new InstanceSituation(
                state, InstanceFlags.NONE, RerunProperty.ALLOWED, true, unfinished, unfinished.size(), false);
    }

    private static InstanceSituation of(InstanceState state, InstanceFlags flags, int unfinished) {
        return new InstanceSituation(
                state,
                flags,
                RerunProperty.ALLOWED,
                true,
                unfinished == 0 ? List.of() : List.of("orders (instance 7, failed)"),
                unfinished,
                false);
    }

    static Stream<Arguments> everyPair() {
        return Arrays.stream(InstanceOperation.values())
                .flatMap(operation ->
                        Arrays.stream(InstanceState.values()).map(state -> Arguments.of(operation, state)));
    }

    static Stream<InstanceSituation> everySituation() {
        return Arrays.stream(InstanceState.values())
                .flatMap(state -> Stream.of(RerunProperty.values())
                        .flatMap(rerun -> Stream.of(InstanceFlags.NONE, FROZEN, new InstanceFlags(true, true))
                                .flatMap(flags -> Stream.of(0, 1, 9)
                                        .map(unfinished -> new InstanceSituation(
                                                state,
                                                flags,
                                                rerun,
                                                unfinished == 1,
                                                unfinished == 0 ? List.of() : List.of("orders (instance 7, failed)"),
                                                unfinished,
                                                false)))));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("everyPair")
    void every_operation_is_allowed_where_the_table_says_and_refused_with_a_sentence_elsewhere(
            InstanceOperation operation, InstanceState state) {
        @Nullable String refusal = OperationRules.refusal(operation, ordinary(state));

        if (ALLOWED.getOrDefault(operation, Set.of()).contains(state)) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).matches("[A-Z].+\\.").doesNotContain("null");
        }
    }

    @ParameterizedTest
    @MethodSource("everySituation")
    void what_is_allowed_never_ends_in_a_transition_that_is_refused(InstanceSituation situation) {
        OperationRules.of(situation).forEach((operation, refusal) -> {
            InstanceEvent event = EVENT.get(operation);
            assertThat(event).as("event of " + operation).isNotNull();
            if (refusal == null && event != null) {
                InstanceTransition.next(41, situation.state(), situation.flags(), event);
            }
        });
        assertThat(OperationRules.of(situation)).hasSize(InstanceOperation.values().length);
    }

    @ParameterizedTest
    @MethodSource("everySituation")
    void what_may_be_taken_along_never_ends_in_a_transition_that_is_refused(InstanceSituation situation) {
        if (OperationRules.refusalToSendBack(situation.state(), situation.rerun()) == null) {
            InstanceTransition.next(41, situation.state(), situation.flags(), new InstanceEvent.SentBack());
        } else {
            assertThat(situation.state()).isIn(RUNNING, SUCCESS, FAILED);
        }
    }

    @Test
    void only_what_is_not_frozen_is_frozen_and_only_what_is_frozen_is_unfrozen() {
        assertThat(OperationRules.refusal(InstanceOperation.FREEZE, of(WAIT_TIME, FROZEN, 0)))
                .isEqualTo("It is frozen already.");
        assertThat(OperationRules.refusal(InstanceOperation.UNFREEZE, of(WAIT_TIME, FROZEN, 0)))
                .isNull();
        assertThat(OperationRules.refusal(InstanceOperation.UNFREEZE, of(FAILED, FROZEN, 0)))
                .isNull();
    }

    @Test
    void running_now_names_the_parents_that_are_not_done() {
        assertThat(OperationRules.refusal(InstanceOperation.RUN_NOW, of(NOT_RUN, InstanceFlags.NONE, 3)))
                .isEqualTo(
                        "It waits for orders (instance 7, failed) and 2 more: running now skips the waiting for its time,"
                                + " not for its parents.");
        assertThat(OperationRules.refusal(InstanceOperation.RUN_NOW, of(WAIT_TIME, InstanceFlags.NONE, 1)))
                .startsWith("It waits for orders (instance 7, failed): running now");
        assertThat(OperationRules.refusal(InstanceOperation.RUN_NOW, of(WAIT_TIME, FROZEN, 0)))
                .isEqualTo("It is frozen: unfreeze it first.");
    }

    @Test
    void a_dependency_is_removed_only_while_one_holds_it_back() {
        assertThat(OperationRules.refusal(InstanceOperation.REMOVE_DEPENDENCY, of(NOT_RUN, InstanceFlags.NONE, 0)))
                .isNotNull();
        assertThat(OperationRules.refusal(InstanceOperation.REMOVE_DEPENDENCY, of(WAIT_TIME, InstanceFlags.NONE, 1)))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(RerunProperty.class)
    void the_rerun_property_of_the_node_is_obeyed(RerunProperty property) {
        var succeeded = new InstanceSituation(SUCCESS, InstanceFlags.NONE, property, true, List.of(), 0, false);
        var failed = new InstanceSituation(FAILED, InstanceFlags.NONE, property, true, List.of(), 0, false);

        assertThat(OperationRules.refusal(InstanceOperation.RERUN, succeeded) == null)
                .isEqualTo(property == RerunProperty.ALLOWED);
        assertThat(OperationRules.refusal(InstanceOperation.RERUN, failed) == null)
                .isEqualTo(property != RerunProperty.DENIED);
        assertThat(OperationRules.refusalToSendBack(SUCCESS, property) == null)
                .isEqualTo(property == RerunProperty.ALLOWED);
        assertThat(OperationRules.refusalToSendBack(NOT_RUN, property))
                .as("what has not run is not rerun")
                .isNull();
    }

    @Test
    void an_instance_without_children_has_no_descendants_to_rerun() {
        var lonely =
                new InstanceSituation(FAILED, InstanceFlags.NONE, RerunProperty.ALLOWED, false, List.of(), 0, false);

        assertThat(OperationRules.refusal(InstanceOperation.RERUN_WITH_DESCENDANTS, lonely))
                .isEqualTo("No instance waits for it: rerun it alone.");
        // Alone is no way out either.
        for (InstanceState state : List.of(WAIT_TIME, RUNNING, SUCCESS)) {
            var alone =
                    new InstanceSituation(state, InstanceFlags.NONE, RerunProperty.DENIED, false, List.of(), 0, false);

            assertThat(OperationRules.refusal(InstanceOperation.RERUN_WITH_DESCENDANTS, alone))
                    .isEqualTo(OperationRules.refusal(InstanceOperation.RERUN, alone));
        }
    }
}
