package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.CommitRefused;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.resourcegroup.GroupInUse;
import io.tidegate.scheduler.resourcegroup.NewResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps a resource group from being deleted, and what is left of one that was. */
class ResourceGroupDeletionTest {
    private static final String DUE = "2022-11-22T10:30";

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private void deployNow(String group) {
        world.deploy("report", NodeType.MAXCOMPUTE_SQL, daily("10:30"), document -> {
            NodeDocument moved = ResourceGroupsTest.in(group).apply(document);
            return moved.withSchedule(moved.schedule().withGeneration(InstanceGeneration.IMMEDIATE));
        });
        world.plan();
    }

    private List<Finding> delete(String group) {
        return world.groups.delete(group, world.group(group).revision(), world.anna);
    }

    private List<String> refusals(String group) {
        try {
            delete(group);
        } catch (GroupInUse e) {
            return e.findings().stream()
                    .filter(Finding::blocks)
                    .map(Finding::message)
                    .toList();
        }
        throw new AssertionError("deleted");
    }

    @Test
    void it_stays_while_a_live_node_or_an_instance_that_is_not_over_refers_to_it() {
        world.newGroup("reports", 2);
        deployNow("reports");
        InstanceId planned = world.at("report", DUE).id();
        assertThat(refusals("reports"))
                .containsExactly(
                        "Node report of workspace shop, live in PROD, takes its slots there.",
                        "Instance " + planned.value()
                                + " (report of workspace shop in PROD at 2022-11-22T10:30) is to run in it.");

        world.clock.setLocal("2022-11-22T10:31");
        world.settle();
        assertThat(world.state(planned)).isEqualTo(InstanceState.SUCCESS);
        assertThat(refusals("reports"))
                .containsExactly("Node report of workspace shop, live in PROD, takes its slots there.");

        deployNow(ResourceGroup.DEFAULT_SCHEDULING);
        assertThat(delete("reports")).isEmpty();
        assertThatThrownBy(() -> world.group("reports"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no resource group reports.");
        assertThat(world.at("report", DUE).resourceGroup())
                .as("what is over keeps its name")
                .isEqualTo("reports");
    }

    @Test
    void an_instance_of_a_deleted_group_that_is_run_again_takes_a_slot_of_the_default_group() {
        world.newGroup("reports", 2);
        deployNow("reports");
        world.clock.setLocal("2022-11-22T10:31");
        world.settle();
        deployNow(ResourceGroup.DEFAULT_SCHEDULING);
        delete("reports");

        InstanceId over = world.at("report", DUE).id();
        world.actions.rerun(over, world.anna);

        assertThat(world.at("report", DUE).resourceGroup()).isEqualTo(ResourceGroup.DEFAULT_SCHEDULING);
        world.settle();
        assertThat(world.state(over)).isEqualTo(InstanceState.SUCCESS);
        assertThat(world.attempts(over)).hasSize(2);
    }

    @Test
    void a_group_that_is_made_again_is_the_same_to_past_instances_and_of_the_same_kind() {
        world.newGroup("reports", 2);
        long first = world.group("reports").revision();
        delete("reports");

        assertThatThrownBy(() -> world.groups.create(
                        new NewResourceGroup("reports", ResourceGroup.Kind.DATA_INTEGRATION, 1, ""), world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("There was a resource group reports of the kind SCHEDULING");
        assertThatThrownBy(() -> world.newGroup("Reports", 2)).isInstanceOf(ConflictException.class);
        ResourceGroup again = world.newGroup("reports", 5);
        assertThat(again.slots()).isEqualTo(5);
        assertThat(again.revision()).isGreaterThan(first);
        assertThatThrownBy(() -> world.newGroup("REPORTS", 2)).hasMessage("There is a resource group reports already.");
    }

    @Test
    void default_groups_stay_and_somebody_who_saw_an_older_state_deletes_nothing() {
        ResourceGroup seen = world.newGroup("reports", 2);
        world.slots("reports", 3);

        assertThatThrownBy(() -> delete(ResourceGroup.DEFAULT_DATA_INTEGRATION))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("New nodes are made with default_data_integration");
        assertThatThrownBy(() -> world.groups.delete("reports", seen.revision(), world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("at revision 2 with 3 slots, and you saw revision 1");
        assertThatThrownBy(() -> world.groups.change("reports", 9, "", seen.revision(), world.anna))
                .isInstanceOf(ConflictException.class);
        assertThat(world.group("reports").slots()).isEqualTo(3);
    }

    @Test
    void a_worker_that_was_started_for_it_is_named_and_stops_nothing() {
        world.newGroup("reports", 2);
        new WorkerPresence(WorkerSettings.of("narrow", 1).serving(Set.of("reports")), world.jdbi, world.clock).tick(0);

        assertThat(delete("reports")).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(found.message()).isEqualTo("Worker narrow was started to serve it.");
        });
    }

    @Test
    void what_goes_live_while_a_group_is_deleted_either_keeps_it_or_is_refused() throws Exception {
        world.newGroup("reports", 2);
        long revision = world.group("reports").revision();
        CompletableFuture<Throwable> deploying;
        try (var handle = world.jdbi.open()) {
            handle.begin();
            handle.execute("SELECT 1 FROM resource_group WHERE name = 'reports' FOR UPDATE");
            deploying = CompletableFuture.supplyAsync(() -> {
                try {
                    deployNow("reports");
                    return new AssertionError("went live");
                } catch (RuntimeException e) {
                    return e;
                }
            });
            awaitBlocked();
            handle.execute("UPDATE resource_group SET deleted_at = now() WHERE name = 'reports'");
            handle.commit();
        }
        assertThat(deploying.get(30, TimeUnit.SECONDS))
                .isInstanceOf(CommitRefused.class)
                .hasMessageContaining("There is no resource group 'reports'.");
        assertThat(revision).isEqualTo(1);
    }

    private void awaitBlocked() {
        org.awaitility.Awaitility.await()
                .until(() -> world.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = current_database()")
                        > 0);
    }
}
