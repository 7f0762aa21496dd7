package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.NodeFreezes;
import io.tidegate.scheduler.node.NodeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeFreezeTest {
    private static final String TODAY = "2022-11-22T10:30";
    private static final String TOMORROW = "2022-11-23T10:30";
    private final World world = new World();
    private final NodeFreezes freezes = new NodeFreezes(world.jdbi, world.audit, world.clock);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void instances_of_a_frozen_node_are_born_frozen_and_those_that_wait_run_on() {
        NodeId copy = world.deploy("copy", daily("10:30"));
        world.settle();

        assertThat(freezes.freeze(copy, false, "the source is being repaired", world.anna))
                .isZero();
        world.clock.setLocal(TODAY);
        world.settle();
        assertThat(world.state("copy", TODAY)).isEqualTo(InstanceState.SUCCESS);

        world.clock.setLocal(TOMORROW);
        world.settle();
        InstanceId born = world.at("copy", TOMORROW).id();
        assertThat(world.state(born)).isEqualTo(InstanceState.WAIT_TIME);
        assertThat(world.readiness(born))
                .startsWith(
                        "It is due but frozen by anna since 2022-11-22 10:00:00 Asia/Shanghai (the source is being repaired)");
    }

    @Test
    void those_that_wait_are_frozen_too_when_that_is_wanted_and_go_on_with_the_node() {
        NodeId copy = world.deploy("copy", daily("10:30"));
        world.deploy("child", daily("10:30"), "copy");
        world.settle();

        assertThat(freezes.freeze(copy, true, "", world.anna)).isEqualTo(1);
        world.clock.setLocal(TODAY);
        world.settle();
        assertThat(world.state("copy", TODAY)).isEqualTo(InstanceState.WAIT_TIME);

        assertThat(freezes.unfreeze(copy, true, "", world.boris)).isEqualTo(1);
        world.settle();
        assertThat(world.state("child", TODAY)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.causes(world.at("copy", TODAY).id())).contains("FreezeAsked", "UnfreezeAsked");
    }

    @Test
    void an_instance_that_was_frozen_by_itself_stays_frozen_when_its_node_is_unfrozen() {
        NodeId copy = world.deploy("copy", daily("10:30"));
        world.settle();
        InstanceId instance = world.at("copy", TODAY).id();
        world.actions.freeze(instance, world.anna, "");

        assertThat(freezes.freeze(copy, true, "", world.boris)).isZero();
        assertThat(freezes.unfreeze(copy, true, "", world.boris)).isZero();

        assertThat(world.detail(instance).instance().frozen()).isTrue();
    }

    @Test
    void a_deployment_leaves_a_node_frozen() {
        NodeId copy = world.deploy("copy", daily("10:30"));
        world.settle();
        freezes.freeze(copy, true, "", world.anna);

        world.deployNow("copy", daily("10:40"));
        world.plan();

        assertThat(world.at("copy", "2022-11-22T10:40").frozen()).isTrue();
    }

    @Test
    void what_cannot_be_frozen_or_unfrozen_says_why() {
        NodeId copy = world.deploy("copy", daily("10:30"));
        NodeId root = new NodeId(world.number("SELECT id FROM node WHERE is_root"));
        world.jdbi.useHandle(handle -> handle.execute("""
                INSERT INTO node (workspace_id, workflow_id, name, type, is_root, owner_id, created_at)
                SELECT workspace_id, workflow_id, 'undeployed', type, false, owner_id, now() FROM node WHERE name = 'copy'"""));
        NodeId undeployed = new NodeId(world.number("SELECT id FROM node WHERE name = 'undeployed'"));
        freezes.freeze(copy, false, "", world.anna);

        assertThatThrownBy(() -> freezes.freeze(copy, false, "", world.boris))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("copy is frozen already, by anna since ");
        assertThatThrownBy(() -> freezes.freeze(root, false, "", world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("switch periodic scheduling off instead");
        assertThatThrownBy(() -> freezes.freeze(undeployed, false, "", world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessage("undeployed is not deployed in PROD, so it has no instances to hold back.");
        assertThatThrownBy(() -> freezes.unfreeze(root, false, "", world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessage("shop_root is not frozen.");
        assertThatThrownBy(() -> freezes.freeze(new NodeId(999_999), false, "", world.anna))
                .isInstanceOf(NotFoundException.class);
    }
}
