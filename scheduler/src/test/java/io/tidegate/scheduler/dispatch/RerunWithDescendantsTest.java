package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.instance.Descendant;
import io.tidegate.scheduler.instance.InstanceHistory;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** a is waited for by b, b by c, and a and b by d. All have run. */
class RerunWithDescendantsTest {
    private static final String TEN = "2022-11-22T10:00";
    private final World world = new World();
    private InstanceId a = new InstanceId(0);
    private InstanceId b = new InstanceId(0);
    private InstanceId c = new InstanceId(0);
    private InstanceId d = new InstanceId(0);

    @AfterEach
    void close() {
        world.close();
    }

    @BeforeEach
    void everything_has_run() {
        world.clock.setLocal("2022-11-22T09:00");
        world.deploy("a", daily("10:00"));
        world.deploy("b", daily("10:00"), "a");
        world.deploy("c", daily("10:00"), "b");
        world.deploy("d", daily("10:00"), "a", "b");
        world.plan();
        world.clock.setLocal(TEN);
        world.settle();
        a = world.at("a", TEN).id();
        b = world.at("b", TEN).id();
        c = world.at("c", TEN).id();
        d = world.at("d", TEN).id();
        assertThat(world.state(d)).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void all_go_back_at_once_and_run_again_in_order() {
        assertThat(world.actions.descendants(a)).extracting(Descendant::id).containsExactlyInAnyOrder(b, c, d);

        world.actions.rerunWithDescendants(a, null, world.anna, false, "late records");

        assertThat(world.state(a)).isEqualTo(InstanceState.WAIT_RESOURCE);
        for (InstanceId below : List.of(b, c, d)) {
            assertThat(world.state(below)).isEqualTo(InstanceState.NOT_RUN);
            assertThat(world.readiness(below)).startsWith("Waits for ");
            assertThat(last(below).cause()).isEqualTo("SentBack");
            assertThat(last(below).detail())
                    .isEqualTo("Rerun with a (instance %d). Reason: late records".formatted(a.value()));
            assertThat(world.audited("instance.rerun", below)).containsEntry("with", Long.toString(a.value()));
        }
        assertThat(world.audited("instance.rerun-with-descendants", a)).containsEntry("descendants", "3");
        world.settle();
        assertThat(finishes()).isSortedAccordingTo((x, y) -> Long.compare(x, y));
        assertThat(world.attempts(d)).hasSize(2);
    }

    /** The events in which a, b and then the last of c and d became a success. */
    private List<Long> finishes() {
        return List.of(last(a).id(), last(b).id(), Math.max(last(c).id(), last(d).id()));
    }

    @Test
    void only_those_that_are_chosen_go_along() {
        world.actions.rerunWithDescendants(a, List.of(b), world.anna, false, "");
        world.settle();

        assertThat(world.attempts(b)).hasSize(2);
        assertThat(world.attempts(c)).hasSize(1);
        assertThat(world.attempts(d)).hasSize(1);
    }

    @Test
    void one_that_hangs_on_the_rest_by_nothing_chosen_is_refused() {
        assertThatThrownBy(() -> world.actions.rerunWithDescendants(a, List.of(c), world.anna, false, ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Instance %d waits neither for instance %d nor for another one that is chosen"
                        .formatted(c.value(), a.value()));
        assertThatThrownBy(() -> world.actions.rerunWithDescendants(a, List.of(), world.anna, false, ""))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> world.actions.rerunWithDescendants(c, null, world.anna, false, ""))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> world.actions.descendants(new InstanceId(999_999)))
                .isInstanceOf(NotFoundException.class);
        assertThat(world.attempts(a)).hasSize(1);
    }

    @Test
    void a_running_descendant_is_named_and_nothing_is_rerun() {
        world.runner.next((request, journal, cancellation) -> {
            assertThatThrownBy(() -> world.actions.rerunWithDescendants(a, null, world.anna, false, ""))
                    .isInstanceOf(ConflictException.class)
                    .hasMessage("Nothing was rerun. c (instance %d): It is running: wait for its end, or stop it first."
                            .formatted(c.value()));
            return new RunOutcome.Succeeded(null);
        });
        world.actions.rerun(c, world.anna);
        world.settle();

        assertThat(world.attempts(c)).hasSize(2);
        assertThat(world.attempts(a)).hasSize(1);
        assertThat(world.state(b)).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void a_descendant_that_waits_goes_back_too() {
        world.actions.rerun(b, world.anna);
        assertThat(world.state(b)).isEqualTo(InstanceState.WAIT_RESOURCE);

        world.actions.rerunWithDescendants(a, List.of(b), world.anna, false, "");

        assertThat(world.state(b)).isEqualTo(InstanceState.NOT_RUN);
        world.settle();
        assertThat(world.attempts(b)).as("one rerun, not two").hasSize(2);
    }

    @Test
    void the_rerun_property_of_each_node_is_obeyed() {
        world.clock.setLocal("2022-11-22T10:30");
        world.deploy(
                "once",
                NodeType.VIRTUAL,
                daily("11:00"),
                document -> document.withRerun(new RerunPolicy(RerunProperty.FAILURE_ONLY, false, 0, 1)),
                "a");
        world.plan();
        InstanceId once = world.at("once", "2022-11-22T11:00").id();
        world.actions.rerunWithDescendants(a, List.of(once), world.anna, false, "");
        assertThat(world.state(once)).as("it has not run yet").isEqualTo(InstanceState.NOT_RUN);
        world.clock.setLocal("2022-11-22T11:00");
        world.settle();
        assertThat(world.state(once)).isEqualTo(InstanceState.SUCCESS);

        assertThatThrownBy(() -> world.actions.rerunWithDescendants(a, null, world.anna, false, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith(
                        "Nothing was rerun. once (instance %d): The node's rerun property is FAILURE_ONLY"
                                .formatted(once.value()));
        assertThat(world.actions.descendants(a))
                .filteredOn(descendant -> descendant.refusal() != null)
                .extracting(Descendant::id)
                .containsExactly(once);
    }

    @Test
    void a_frozen_descendant_goes_back_and_stays_frozen() {
        world.actions.rerun(d, world.anna);
        world.actions.freeze(d, world.anna, "");

        world.actions.rerunWithDescendants(a, List.of(d), world.boris, false, "");
        world.settle();

        assertThat(world.state(d)).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.readiness(d)).contains("frozen by anna");
        assertThat(world.attempts(d)).hasSize(1);
    }

    private InstanceHistory last(InstanceId id) {
        List<InstanceHistory> events = world.instances.events(id);
        return events.get(events.size() - 1);
    }
}
