package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.node.CommitRefused;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.NewNode;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeDraft;
import io.tidegate.scheduler.node.NodeVersion;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.PreviewedRun;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.user.User;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesTest {
    private final Authoring given = new Authoring();

    @AfterAll
    void stop() {
        given.close();
    }

    @Test
    void a_new_synchronization_starts_with_the_hourly_window_and_hangs_on_the_root_node() {
        Workspace workspace = given.aWorkspace();

        Node node = given.aNode(workspace, "orders_hourly", NodeType.BATCH_SYNC);

        NodeDraft draft = given.nodes.draft(node.id());
        assertThat(draft.revision()).isEqualTo(1);
        assertThat(draft.document().parameters())
                .extracting("name", "expression")
                .containsExactly(
                        tuple("startTime", "$[yyyymmddhh24-1/24]0000"),
                        tuple("endTime", "$[yyyymmddhh24]0000"),
                        tuple("partition", "$[yyyymmddhh24]"));
        assertThat(draft.document().dependencies()).containsExactly(DependencyRef.sameCycle(workspace.rootOutput()));
        assertThat(given.nodes.check(node.id()))
                .filteredOn(Finding::blocks)
                .extracting(Finding::field)
                .containsExactlyInAnyOrder(
                        "/code/steps/0/parameter/datasource",
                        "/code/steps/0/parameter/topic",
                        "/code/steps/1/parameter/datasource",
                        "/code/steps/1/parameter/table");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "a/b", "ä", "a-b"})
    void a_name_that_is_not_usable_is_refused(String name) {
        Workspace workspace = given.aWorkspace();

        assertThatThrownBy(() ->
                        given.nodes.create(workspace.id(), new NewNode("ingest", name, NodeType.VIRTUAL), given.admin))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void a_save_on_an_older_revision_is_told_who_saved_and_when() {
        Node node = given.aNode(given.aWorkspace(), "n", NodeType.VIRTUAL);
        NodeDocument document = given.nodes.draft(node.id()).document();
        User berta = given.users.create("berta", "correct horse battery", given.admin);
        given.nodes.saveDraft(node.id(), document.withOutputs(List.of("a.b")), 1, berta.id());

        assertThatThrownBy(() -> given.nodes.saveDraft(node.id(), document, 1, given.admin))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith(
                        "berta saved this node at " + given.clock.instant() + " (revision 2); you edited revision 1.");
        assertThat(given.nodes.draft(node.id()).document().outputs()).containsExactly("a.b");
    }

    @Test
    void of_many_saves_of_one_revision_exactly_one_wins() {
        Node node = given.aNode(given.aWorkspace(), "n", NodeType.VIRTUAL);
        NodeDocument document = given.nodes.draft(node.id()).document();
        int savers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(savers);
        List<CompletableFuture<Boolean>> saves = new ArrayList<>();
        for (int i = 0; i < savers; i++) {
            NodeDocument mine = document.withOutputs(List.of("saver.n" + i));
            saves.add(CompletableFuture.supplyAsync(() -> savedAt(node, mine), threads));
        }

        List<Boolean> won = saves.stream().map(CompletableFuture::join).toList();
        threads.shutdown();

        assertThat(won).filteredOn(each -> each).hasSize(1);
        assertThat(given.nodes.draft(node.id()).revision()).isEqualTo(2);
        assertThat(given.nodes.draft(node.id()).document().outputs()).containsExactly("saver.n" + won.indexOf(true));
    }

    private boolean savedAt(Node node, NodeDocument document) {
        try {
            given.nodes.saveDraft(node.id(), document, 1, given.admin);
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    @Test
    void a_commit_makes_a_version_that_later_saves_do_not_touch() {
        Workspace workspace = given.aFurnishedWorkspace();
        Node node = given.aSyncNode(workspace, "orders_hourly");
        NodeDocument committed = given.nodes.draft(node.id()).document();

        NodeVersion first =
                given.nodes.commit(node.id(), "First window", given.admin).version();
        given.edit(
                node,
                document ->
                        document.withOutputs(List.of("lake.orders_" + node.id().value())));
        NodeVersion second =
                given.nodes.commit(node.id(), "Name the table", given.admin).version();

        assertThat(given.nodes.versions(node.id())).containsExactly(second, first);
        assertThat(first.version()).isEqualTo(1);
        assertThat(first.document()).isEqualTo(committed);
        assertThat(first.committedBy()).isEqualTo("admin");
        assertThat(given.nodes.list(workspace.id()))
                .filteredOn(summary -> summary.id().equals(node.id()))
                .singleElement()
                .satisfies(summary -> {
                    assertThat(summary.committedVersion()).isEqualTo(2);
                    assertThat(summary.deployedVersion()).isNull();
                    assertThat(summary.draftRevision()).isEqualTo(3);
                });
        assertThat(given.audit.list(workspace.id(), null, 1)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("node.commit");
            assertThat(entry.detail()).containsEntry("version", "2").containsEntry("environment", "DEV");
        });
    }

    @Test
    void a_commit_says_what_it_was_warned_of() {
        Node node = given.aNode(given.aWorkspace(), "unused", NodeType.VIRTUAL);
        given.edit(node, document -> document.withParameters(List.of(new ParameterAssignment("day", "$bizdate"))));

        assertThat(given.nodes.commit(node.id(), "Name a day", given.admin).warnings())
                .isEqualTo(given.nodes.check(node.id()))
                .extracting(Finding::message)
                .containsExactly("The code does not use ${day}.");
        assertThat(given.nodes.summary(node.id()))
                .isEqualTo(given.nodes.list(node.workspaceId()).stream()
                        .filter(summary -> summary.id().equals(node.id()))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void a_refused_commit_leaves_no_version() {
        Node node = given.aNode(given.aWorkspace(), "empty_sql", NodeType.MAXCOMPUTE_SQL);

        assertThatThrownBy(() -> given.nodes.commit(node.id(), "Try", given.admin))
                .isInstanceOfSatisfying(
                        CommitRefused.class,
                        e -> assertThat(e.findings()).extracting(Finding::field).containsExactly("/code"))
                .hasMessage("The node was not committed: There is no statement to run.");
        assertThat(given.nodes.versions(node.id())).isEmpty();
        assertThatThrownBy(() -> given.nodes.commit(node.id(), " ", given.admin))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The note is empty");
    }

    @ParameterizedTest
    @EnumSource(WorkspaceMode.class)
    void a_commit_is_live_in_dev_and_in_a_basic_workspace_in_prod(WorkspaceMode mode) {
        Workspace workspace = given.aWorkspace(mode);
        Node node = given.aNode(workspace, "n", NodeType.VIRTUAL);

        given.nodes.commit(node.id(), "Go", given.admin);

        assertThat(given.jdbi.<List<String>, RuntimeException>withHandle(handle -> handle.createQuery(
                                "SELECT environment || ' ' || (planned_until = deployed_at) FROM deployed_node"
                                        + " WHERE node_id = ?")
                        .bind(0, node.id())
                        .mapTo(String.class)
                        .list()))
                .containsExactly(mode == WorkspaceMode.BASIC ? "PROD true" : "DEV true");
    }

    @Test
    void the_root_node_is_not_edited() {
        Workspace workspace = given.aWorkspace();
        var root = given.nodes.list(workspace.id()).get(0);

        assertThatThrownBy(() -> given.nodes.saveDraft(
                        root.id(), given.nodes.draft(root.id()).document(), 1, given.admin))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> given.nodes.commit(root.id(), "Mine", given.admin))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void a_preview_shows_the_next_times_with_every_parameter_resolved() {
        Node node = given.aNode(given.aWorkspace(), "n", NodeType.BATCH_SYNC);
        given.clock.set("2022-11-22T02:05:00Z");

        List<PreviewedRun> runs = given.nodes.preview(node.id(), 2);

        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).scheduledTime().local()).isEqualTo("2022-11-22T10:15");
        assertThat(runs.get(0).parameters())
                .extracting(PreviewedRun.Value::name, PreviewedRun.Value::value)
                .containsExactly(
                        tuple("startTime", "20221122090000"),
                        tuple("endTime", "20221122100000"),
                        tuple("partition", "2022112210"));
        assertThat(runs.get(1).scheduledTime().local()).isEqualTo("2022-11-22T11:15");
    }

    @Test
    void a_preview_of_a_node_that_is_valid_later_begins_with_its_first_day() {
        Node node = given.aNode(given.aWorkspace(), "n", NodeType.VIRTUAL);
        Schedule later = Schedule.of(new Day(LocalTime.MIDNIGHT))
                .withValidity(LocalDate.of(2023, 1, 1), LocalDate.of(2023, 1, 2));
        given.edit(node, document -> document.withSchedule(later));

        assertThat(given.nodes.preview(node.id(), 5))
                .extracting(run -> run.scheduledTime().local().toString())
                .containsExactly("2023-01-01T00:00", "2023-01-02T00:00");
    }
}
