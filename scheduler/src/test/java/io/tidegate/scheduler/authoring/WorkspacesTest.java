package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import io.tidegate.scheduler.workflow.NewWorkflow;
import io.tidegate.scheduler.workspace.NewWorkspace;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceChange;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspacesTest {
    private final Authoring given = new Authoring();

    @AfterAll
    void stop() {
        given.close();
    }

    @Test
    void a_standard_workspace_has_a_root_node_that_is_live_in_dev_and_prod() {
        Workspace workspace = given.aWorkspace(WorkspaceMode.STANDARD);

        assertThat(given.nodes.list(workspace.id())).singleElement().satisfies(root -> {
            assertThat(root.name()).isEqualTo(workspace.name() + "_root");
            assertThat(root.root()).isTrue();
            assertThat(root.workflow()).isNull();
            assertThat(root.committedVersion()).isEqualTo(1);
            assertThat(root.deployedVersion()).isEqualTo(1);
        });
        assertThat(liveIn(workspace)).containsExactly("DEV", "PROD");
    }

    @Test
    void missed_times_are_asked_for_together_with_switching_on_or_not_at_all() {
        Workspace workspace = given.aWorkspace();

        for (Boolean switched : Arrays.asList(null, false)) {
            assertThatThrownBy(() -> given.workspaces.change(
                            workspace.id(), new WorkspaceChange(switched, null, true), given.admin))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Missed times are planned when periodic scheduling is switched on");
        }
        assertThat(given.workspaces.get(workspace.name()).periodicScheduling()).isTrue();
        given.workspaces.change(workspace.id(), new WorkspaceChange(true, null, true), given.admin);
    }

    @Test
    void a_basic_workspace_has_no_dev() {
        assertThat(liveIn(given.aWorkspace(WorkspaceMode.BASIC))).containsExactly("PROD");
    }

    @Test
    void the_root_node_is_planned_from_the_start_of_the_local_day_so_that_today_has_its_instance() {
        given.clock.set("2022-11-22T02:05:00Z");
        Workspace workspace = given.aWorkspace();

        Instant plannedUntil = given.jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT d.planned_until FROM deployed_node d JOIN node n ON n.id = d.node_id"
                                + " WHERE n.workspace_id = :id AND d.environment = 'PROD'")
                .bind("id", workspace.id())
                .mapTo(Instant.class)
                .one());

        assertThat(plannedUntil).isEqualTo("2022-11-21T16:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1shop", "my shop", "shop-1", "läden", "shop.eu"})
    void a_name_that_would_spoil_output_names_is_refused_with_a_cure(String name) {
        assertThatThrownBy(() -> given.workspaces.create(
                        new NewWorkspace(name, WorkspaceMode.BASIC, Authoring.SHANGHAI), given.admin))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings().get(0).cure()).startsWith("Begin with a letter"));
    }

    @Test
    void a_name_is_taken_once_and_nothing_is_left_of_the_second_try() {
        Workspace workspace = given.aWorkspace();

        assertThatThrownBy(() -> given.workspaces.create(
                        new NewWorkspace(workspace.name(), WorkspaceMode.BASIC, Authoring.SHANGHAI), given.admin))
                .isInstanceOf(ConflictException.class)
                .hasMessage("There is a workspace " + workspace.name() + " already.");
        assertThat(given.workspaces.get(workspace.name())).isEqualTo(workspace);
    }

    @Test
    void what_is_not_there_is_named() {
        assertThatThrownBy(() -> given.workspaces.get("nowhere"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no workspace nowhere.");
    }

    @Test
    void workflows_are_listed_by_name_and_named_once() {
        Workspace workspace = given.aWorkspace();
        given.workflows.create(workspace.id(), new NewWorkflow("billing", "Invoices"), given.admin);

        assertThat(given.workflows.list(workspace.id()))
                .extracting("name", "description", "createdBy")
                .containsExactly(tuple("billing", "Invoices", "admin"), tuple("ingest", "", "admin"));
        assertThatThrownBy(() -> given.workflows.create(workspace.id(), new NewWorkflow("billing", ""), given.admin))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void the_default_resource_groups_are_there_from_the_start() {
        assertThat(given.resourceGroups.list())
                .extracting(ResourceGroup::name, ResourceGroup::slots)
                .containsExactly(tuple("default_data_integration", 4), tuple("default_scheduling", 16));
    }

    @Test
    void making_a_workspace_is_written_down() {
        Workspace workspace = given.aWorkspace();

        assertThat(given.audit.list(workspace.id(), null, 10))
                .filteredOn(entry -> entry.action().equals("workspace.create"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.who()).isEqualTo("admin");
                    assertThat(entry.at()).isEqualTo(given.clock.instant());
                    assertThat(entry.detail()).containsEntry("timeZone", "Asia/Shanghai");
                });
    }

    private List<String> liveIn(Workspace workspace) {
        return given.jdbi.withHandle(
                handle -> handle.createQuery("SELECT d.environment FROM deployed_node d JOIN node n ON n.id = d.node_id"
                                + " WHERE n.workspace_id = :id ORDER BY 1")
                        .bind("id", workspace.id())
                        .mapTo(String.class)
                        .list());
    }
}
