package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.deployment.IsolatedNode;
import io.tidegate.scheduler.deployment.IsolatedNode.Reason;
import io.tidegate.scheduler.node.DependencyKind;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nodes that hang on nothing are refused at commit, and found where they came about in another way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolatedNodesTest {
    private final Authoring given = new Authoring();

    @AfterAll
    void stop() {
        given.close();
    }

    /** Live in PROD at once. */
    private Node live(Workspace workspace, String name, List<String> outputs, String... parents) {
        Node node = given.aNode(workspace, name, NodeType.VIRTUAL);
        given.edit(
                node,
                document -> parents.length == 0
                        ? document.withOutputs(outputs)
                        : document.withOutputs(outputs)
                                .withDependencies(List.of(parents).stream()
                                        .map(DependencyRef::sameCycle)
                                        .toList()));
        given.nodes.commit(node.id(), "Go", given.admin);
        return node;
    }

    private void execute(String sql, Node node) {
        given.jdbi.useHandle(handle -> handle.execute(sql, node.id().value()));
    }

    @Test
    void a_node_that_hangs_on_the_root_or_on_others_is_not_isolated() {
        Workspace workspace = given.aWorkspace(WorkspaceMode.BASIC);
        live(workspace, "parent", List.of());
        live(workspace, "child", List.of(), workspace.name() + ".parent");

        assertThat(given.deployments.isolated(workspace.id())).isEmpty();
    }

    @Test
    void a_node_without_parents_or_whose_parent_is_not_deployed_is_found() {
        Workspace workspace = given.aWorkspace(WorkspaceMode.BASIC);
        Node alone = live(workspace, "alone", List.of());
        Node parent = live(workspace, "parent", List.of());
        Node child = live(workspace, "child", List.of(), workspace.name() + ".parent");
        execute("DELETE FROM deployed_dependency WHERE child_node_id = ?", alone);
        execute("DELETE FROM deployed_node WHERE node_id = ?", parent);

        assertThat(given.deployments.isolated(workspace.id()))
                .containsExactly(
                        new IsolatedNode(alone.id(), "alone", Reason.NO_PARENT, null),
                        new IsolatedNode(child.id(), "child", Reason.PARENT_NOT_DEPLOYED, "parent"));
    }

    @Test
    void an_output_that_goes_is_warned_of_at_commit_and_its_children_are_found_after_it() {
        Workspace workspace = given.aWorkspace(WorkspaceMode.BASIC);
        String output = workspace.name() + "_lake.orders";
        Node parent = live(workspace, "parent", List.of(output));
        Node child = live(workspace, "child", List.of(), output);
        given.edit(parent, document -> document.withOutputs(List.of()));

        assertThat(given.nodes.check(parent.id())).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.field()).isEqualTo("/outputs");
            assertThat(finding.message()).contains("The node child depends on the output " + output);
        });
        given.nodes.commit(parent.id(), "Away with it", given.admin);

        assertThat(given.deployments.isolated(workspace.id()))
                .containsExactly(new IsolatedNode(child.id(), "child", Reason.OUTPUT_GONE, output));
    }

    @Test
    void a_node_that_depends_on_itself_alone_is_refused_as_isolated() {
        Workspace workspace = given.aWorkspace(WorkspaceMode.BASIC);
        Node node = given.aNode(workspace, "selfish", NodeType.VIRTUAL);
        given.edit(
                node,
                document -> document.withDependencies(
                        List.of(new DependencyRef(workspace.name() + ".selfish", DependencyKind.PREVIOUS_CYCLE_SELF))));

        assertThat(given.nodes.check(node.id()))
                .filteredOn(Finding::blocks)
                .anySatisfy(finding -> assertThat(finding.message()).contains("an isolated node is never scheduled"));
    }
}
