package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.authoring.Authoring.Replanned;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.NewDataSource;
import io.tidegate.scheduler.datasource.SideConfig;
import io.tidegate.scheduler.datasource.TableSchema;
import io.tidegate.scheduler.deployment.DeployRefused;
import io.tidegate.scheduler.deployment.Deployment;
import io.tidegate.scheduler.deployment.DeploymentCandidate;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionRef;
import io.tidegate.scheduler.node.ResourceGroupRefs;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.resourcegroup.NewResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroupActions;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import io.tidegate.scheduler.workspace.WorkspaceMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentsTest {
    private final Authoring given = new Authoring();

    @AfterEach
    void stop() {
        given.close();
    }

    @Test
    void a_committed_version_is_a_candidate_until_it_is_live_and_again_after_the_next_commit() {
        Workspace workspace = given.aFurnishedWorkspace();
        Node node = committed(given.aSyncNode(workspace, "orders"));
        assertThat(given.deployments.candidates(workspace.id()))
                .extracting(DeploymentCandidate::nodeName, DeploymentCandidate::version)
                .containsExactly(tuple("orders", 1));

        Deployment deployment = deploy(workspace, new NodeVersionRef(node.id(), 1));

        assertThat(deployment.items()).containsExactly(new Deployment.Item(node.id(), "orders", 1, null));
        assertThat(given.deployments.candidates(workspace.id())).isEmpty();
        assertThat(given.deployments.get(deployment.id())).isEqualTo(deployment);
        committed(node);
        assertThat(given.deployments.candidates(workspace.id()))
                .extracting(DeploymentCandidate::version, DeploymentCandidate::deployedVersion)
                .containsExactly(tuple(2, 1));
        assertThat(deploy(workspace, new NodeVersionRef(node.id(), 2)).items())
                .containsExactly(new Deployment.Item(node.id(), "orders", 2, 1));
        assertThat(given.deployments.list(workspace.id())).hasSize(2);
    }

    @Test
    void nodes_of_one_deployment_may_depend_on_each_other_whatever_their_order() {
        Workspace workspace = given.aWorkspace();
        Node parent = committed(given.aNode(workspace, "parent", NodeType.VIRTUAL));
        Node child = given.aNode(workspace, "child", NodeType.VIRTUAL);
        given.edit(
                child,
                document -> document.withDependencies(List.of(
                        DependencyRef.sameCycle(workspace.name() + ".parent"),
                        DependencyRef.sameCycle(workspace.rootOutput()))));
        committed(child);

        deploy(workspace, new NodeVersionRef(child.id(), 1), new NodeVersionRef(parent.id(), 1));

        assertThat(parentsInProd(child)).containsExactlyInAnyOrder("parent", workspace.rootNodeName());
    }

    @Test
    void a_child_is_not_deployed_before_its_parent_and_nothing_of_it_stays() {
        Workspace workspace = given.aWorkspace();
        committed(given.aNode(workspace, "parent", NodeType.VIRTUAL));
        Node child = given.aNode(workspace, "child", NodeType.VIRTUAL);
        given.edit(
                child,
                document -> document.withDependencies(List.of(DependencyRef.sameCycle(workspace.name() + ".parent"))));
        committed(child);

        assertThatThrownBy(() -> deploy(workspace, new NodeVersionRef(child.id(), 1)))
                .isInstanceOfSatisfying(
                        DeployRefused.class,
                        e -> assertThat(e.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.field()).isEqualTo("/nodes/0/dependencies/0/output");
                            assertThat(finding.message()).endsWith("does not exist in PROD.");
                            assertThat(finding.cure()).contains("deploy the parent first");
                        }));
        assertThat(given.jdbi.<Integer, RuntimeException>withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM node_output WHERE environment = 'PROD' AND node_id = ?")
                        .bind(0, child.id())
                        .mapTo(Integer.class)
                        .one()))
                .isZero();
        assertThat(given.deployments.list(workspace.id())).isEmpty();
    }

    @Test
    void an_older_version_whose_resource_group_was_deleted_since_is_not_deployed() {
        ResourceGroupActions groups = new ResourceGroupActions(given.jdbi, given.audit, given.clock);
        groups.create(new NewResourceGroup("reports", ResourceGroup.Kind.SCHEDULING, 1, ""), given.admin);
        Workspace workspace = given.aWorkspace();
        Node node = given.aNode(workspace, "report", NodeType.VIRTUAL);
        given.edit(
                node,
                document -> document.withResourceGroups(
                        new ResourceGroupRefs("reports", ResourceGroup.DEFAULT_DATA_INTEGRATION)));
        committed(node);
        assertThatThrownBy(() -> groups.delete("reports", 1, given.admin))
                .hasMessageContaining("Node report of workspace " + workspace.name() + ", live in DEV,");
        given.edit(node, document -> document.withResourceGroups(ResourceGroupRefs.DEFAULT));
        committed(node);
        groups.delete("reports", 1, given.admin);

        assertThatThrownBy(() -> deploy(workspace, new NodeVersionRef(node.id(), 1)))
                .isInstanceOfSatisfying(
                        DeployRefused.class,
                        e -> assertThat(e.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.field()).isEqualTo("/nodes/0/resourceGroups/scheduling");
                            assertThat(finding.message()).isEqualTo("There is no resource group 'reports'.");
                        }));
        deploy(workspace, new NodeVersionRef(node.id(), 2));
    }

    @Test
    void a_topic_that_is_missing_in_prod_refuses_the_deployment() {
        Workspace workspace = given.aFurnishedWorkspace();
        given.catalogs.topic(Authoring.DEV_KAFKA, "only_in_dev");
        Node node = given.aSyncNode(workspace, "orders");
        given.edit(
                node,
                document -> document.withCode(
                        document.code().replace("\"topic\": \"orders\"", "\"topic\": \"only_in_dev\"")));
        committed(node);

        assertThat(refusal(workspace, node)).singleElement().satisfies(finding -> {
            assertThat(finding.field()).isEqualTo("/nodes/0/code/steps/0/parameter/topic");
            assertThat(finding.message()).isEqualTo("The topic only_in_dev is not in the Kafka cluster of PROD.");
        });
    }

    @Test
    void a_table_whose_schema_differs_refuses_the_deployment_and_every_difference_is_named() {
        Workspace workspace = given.aFurnishedWorkspace();
        Node node = committed(given.aSyncNode(workspace, "orders"));
        List<TableSchema.Column> columns = new ArrayList<>(Authoring.ORDERS.columns());
        columns.set(2, new TableSchema.Column("__partition__", "bigint", ""));
        columns.add(new TableSchema.Column("extra", "STRING", ""));
        given.catalogs.table(
                Authoring.PROD_PROJECT, new TableSchema("orders", columns, Authoring.ORDERS.partitionKeys()));

        assertThat(refusal(workspace, node))
                .extracting(Finding::message)
                .containsExactly(
                        "The table orders differs between DEV and PROD. The column __partition__ is STRING in DEV and"
                                + " BIGINT in PROD.",
                        "The table orders differs between DEV and PROD. The column extra is there only in PROD.");
    }

    @Test
    void a_table_in_a_schema_of_the_project_is_looked_for_in_that_schema() {
        Workspace workspace = given.aFurnishedWorkspace();
        given.catalogs.table(
                Authoring.DEV_PROJECT + ".sales",
                new TableSchema("orders_3", Authoring.ORDERS.columns(), Authoring.ORDERS.partitionKeys()));
        Node node = given.aSyncNode(workspace, "orders");
        given.edit(
                node,
                document -> document.withCode(document.code()
                        .replace("\"table\": \"orders\"", "\"schema\": \"sales\", \"table\": \"orders_3\"")
                        .replace("\"table\":\"orders\"", "\"schema\":\"sales\",\"table\":\"orders_3\"")));
        committed(node);
        assertThat(refusal(workspace, node))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo("The table orders_3 is not in the MaxCompute project of PROD."));

        given.catalogs.table(
                Authoring.PROD_PROJECT + ".sales",
                new TableSchema("orders_3", Authoring.ORDERS.columns(), Authoring.ORDERS.partitionKeys()));

        assertThat(given.deployments.deploy(
                        workspace.id(), List.of(new NodeVersionRef(node.id(), 1)), "with a schema", given.admin))
                .isNotNull();
    }

    @Test
    void a_prod_that_cannot_be_asked_or_has_no_side_refuses_the_deployment() {
        Workspace workspace = given.aFurnishedWorkspace();
        Node node = committed(given.aSyncNode(workspace, "orders"));
        given.dataSources.create(
                workspace.id(),
                new NewDataSource(
                        "dev_only",
                        DataSourceType.KAFKA,
                        "",
                        Map.of(Environment.DEV, new SideConfig.Kafka(Authoring.DEV_KAFKA, Map.of()))),
                given.admin);
        Node lame = given.aSyncNode(workspace, "lame");
        given.edit(lame, document -> document.withCode(document.code().replace("kafka_src", "dev_only")));
        committed(lame);
        assertThat(refusal(workspace, lame))
                .extracting(Finding::message)
                .containsExactly("There is no PROD side of data source dev_only.");

        given.catalogs.goesAway(Authoring.PROD_KAFKA);
        assertThat(refusal(workspace, node))
                .extracting(Finding::message)
                .containsExactly("It could not be checked in PROD: kafka-prod:9092 does not answer.");
    }

    @Test
    void a_later_version_is_planned_anew_from_tomorrow_or_at_once_as_the_node_says() {
        Workspace workspace = given.aWorkspace();
        Node node = committed(given.aNode(workspace, "n", NodeType.VIRTUAL));
        given.clock.set("2022-11-22T02:05:00Z");
        deploy(workspace, new NodeVersionRef(node.id(), 1));
        assertThat(plannedUntil(node)).isEqualTo("2022-11-22T02:05:00Z");
        assertThat(given.replanned)
                .filteredOn(each -> each.environment() == Environment.PROD)
                .isEmpty();

        plannedUntil(node, "2022-11-23T16:00:00Z");
        committed(node);
        given.clock.set("2022-11-22T03:00:00Z");
        deploy(workspace, new NodeVersionRef(node.id(), 2));
        Instant nextLocalDay = Instant.parse("2022-11-22T16:00:00Z");
        assertThat(given.replanned).contains(new Replanned(Environment.PROD, node.id(), nextLocalDay));
        assertThat(plannedUntil(node)).isEqualTo(nextLocalDay);

        given.edit(node, DeploymentsTest::immediate);
        committed(node);
        given.clock.set("2022-11-22T04:00:00Z");
        deploy(workspace, new NodeVersionRef(node.id(), 3));
        assertThat(given.replanned)
                .contains(new Replanned(Environment.PROD, node.id(), Instant.parse("2022-11-22T04:00:00Z")));
        assertThat(plannedUntil(node)).isEqualTo("2022-11-22T04:00:00Z");

        plannedUntil(node, "2022-11-21T00:00:00Z");
        committed(node);
        deploy(workspace, new NodeVersionRef(node.id(), 4));
        assertThat(plannedUntil(node))
                .as("what was not planned yet is still to be planned")
                .isEqualTo("2022-11-21T00:00:00Z");
    }

    @Test
    void an_older_version_can_be_deployed_again() {
        Workspace workspace = given.aWorkspace();
        Node node = committed(given.aNode(workspace, "n", NodeType.VIRTUAL));
        committed(node);
        deploy(workspace, new NodeVersionRef(node.id(), 2));

        assertThat(deploy(workspace, new NodeVersionRef(node.id(), 1)).items())
                .containsExactly(new Deployment.Item(node.id(), "n", 1, 2));
    }

    @Test
    void requests_that_make_no_sense_are_refused() {
        Workspace workspace = given.aWorkspace();
        Workspace other = given.aWorkspace();
        Workspace basic = given.aWorkspace(WorkspaceMode.BASIC);
        Node node = committed(given.aNode(workspace, "n", NodeType.VIRTUAL));
        NodeVersionRef ref = new NodeVersionRef(node.id(), 1);

        assertThatThrownBy(() -> deploy(workspace)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> deploy(workspace, ref, ref)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> deploy(basic, ref)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> deploy(other, ref)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> deploy(workspace, new NodeVersionRef(node.id(), 2)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> deploy(workspace, new NodeVersionRef(new NodeId(Long.MAX_VALUE), 1)))
                .isInstanceOf(NotFoundException.class);
    }

    private Node committed(Node node) {
        given.nodes.commit(node.id(), "Change", given.admin);
        return node;
    }

    private Deployment deploy(Workspace workspace, NodeVersionRef... refs) {
        return given.deployments.deploy(workspace.id(), List.of(refs), "Go live", given.admin);
    }

    private List<Finding> refusal(Workspace workspace, Node node) {
        try {
            deploy(workspace, new NodeVersionRef(node.id(), 1));
            throw new AssertionError("The deployment was not refused");
        } catch (DeployRefused e) {
            return e.findings();
        }
    }

    private static NodeDocument immediate(NodeDocument document) {
        Schedule schedule = document.schedule();
        return document.withSchedule(schedule.withGeneration(InstanceGeneration.IMMEDIATE));
    }

    private Instant plannedUntil(Node node) {
        return given.jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT planned_until FROM deployed_node WHERE environment = 'PROD' AND node_id = ?")
                .bind(0, node.id())
                .mapTo(Instant.class)
                .one());
    }

    private void plannedUntil(Node node, String until) {
        given.jdbi.useHandle(handle -> handle.execute(
                "UPDATE deployed_node SET planned_until = ? WHERE environment = 'PROD' AND node_id = ?",
                Instant.parse(until),
                node.id()));
    }

    private List<String> parentsInProd(Node child) {
        return given.jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT n.name FROM deployed_dependency d JOIN node n ON n.id = d.parent_node_id"
                                + " WHERE d.environment = 'PROD' AND d.child_node_id = ?")
                .bind(0, child.id())
                .mapTo(String.class)
                .list());
    }
}
