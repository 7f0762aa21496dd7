package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.node.NewNode;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.testrun.NewTestRun;
import io.tidegate.scheduler.testrun.NewTestRun.Code;
import io.tidegate.scheduler.testrun.TestRuns;
import io.tidegate.scheduler.workspace.Environment;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes run by hand in DEV. It is 2022-11-22 10:00. */
class TestRunTest {
    private static final LocalDate BUSINESS_DATE = LocalDate.of(2022, 11, 20);
    private final World world = new World();
    private final TestRuns testRuns = new TestRuns(world.jdbi, world.workspaces, world.nodes, world.audit, world.clock);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_draft_runs_at_once_in_dev_with_the_values_that_are_given() {
        NodeId node =
                draft("INSERT INTO t SELECT '${day}', '${hour}', '${region}'", "day=$bizdate", "hour=$[yyyymmddhh24]");

        InstanceId run = testRuns.start(node, withParameters("hour", "'", "region", "eu"), world.anna);
        world.settle();

        Instance instance = world.detail(run).instance();
        assertThat(instance.state()).isEqualTo(InstanceState.SUCCESS);
        assertThat(instance.origin()).isEqualTo(Origin.TEST);
        assertThat(instance.environment()).isEqualTo(Environment.DEV);
        assertThat(instance.nodeVersion()).as("a draft has none").isZero();
        assertThat(instance.scheduledLocal()).hasToString("2022-11-22T10:00");
        assertThat(instance.parameters()).isEqualTo(Map.of("day", "20221121", "hour", "'", "region", "eu"));
        assertThat(world.runner.lastRequest().code()).isEqualTo("INSERT INTO t SELECT '20221121', ''', 'eu'");
        assertThat(world.connectionsAskedFor).containsExactly(Environment.DEV);
        assertThat(world.attempts(run)).hasSize(1);
        assertThat(world.detail(run).parents()).isEmpty();
        assertThat(world.detail(run).children()).isEmpty();
        assertThat(world.number("SELECT count(*) FROM audit_entry WHERE action = 'node.test'"))
                .isEqualTo(1);
    }

    @Test
    void a_draft_that_has_not_changed_is_kept_once_and_is_no_version() {
        NodeId node = draft("SELECT 1");
        testRuns.start(node, withParameters(), world.anna);
        testRuns.start(node, withParameters(), world.anna);
        assertThat(world.number("SELECT count(*) FROM node_version WHERE node_id = " + node.value()))
                .isEqualTo(1);

        world.nodes.saveDraft(node, world.nodes.draft(node).document().withCode("SELECT 2"), 2, world.anna);
        InstanceId run = testRuns.start(node, withParameters(), world.anna);
        world.nodes.saveDraft(node, world.nodes.draft(node).document().withCode("SELECT 3"), 3, world.anna);
        world.settle();

        assertThat(world.runner.lastRequest().code())
                .as("what stood there when it was asked")
                .isEqualTo("SELECT 2");
        assertThat(world.instances.document(run).code()).isEqualTo("SELECT 2");
        assertThat(world.nodes.versions(node)).isEmpty();
    }

    @Test
    void a_smoke_test_resolves_the_parameters_of_a_scheduled_time_of_the_day_after_the_business_date() {
        NodeId node = committed(List.of("from=$[yyyymmddhh24mi]", "day=$bizdate"));

        InstanceId first = testRuns.start(node, smokeTest(null), world.anna);
        InstanceId third = testRuns.start(node, smokeTest(LocalTime.of(0, 10)), world.anna);
        world.settle();

        assertThat(world.detail(first).instance().parameters())
                .isEqualTo(Map.of("from", "202211210000", "day", "20221120"));
        assertThat(world.detail(third).instance().parameters())
                .isEqualTo(Map.of("from", "202211210010", "day", "20221120"));
        assertThat(world.detail(third).instance().nodeVersion()).isEqualTo(1);
        assertThat(world.state(third)).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void what_keeps_a_run_from_having_all_values_is_said_before_it_starts() {
        NodeId node = draft("SELECT '${day}', '${hour}'", "day=$[yyyy");

        assertThatThrownBy(() -> testRuns.start(node, withParameters("minute", "1"), world.anna))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings())
                                .extracting(finding -> finding.field())
                                .containsExactly("/parameters/minute", "/parameters/hour", "/parameters/day"));
        assertThat(world.number("SELECT count(*) FROM instance WHERE origin = 'TEST'"))
                .isZero();
        testRuns.start(node, withParameters("day", "1", "hour", "2"), world.anna);
    }

    @Test
    void a_time_the_node_does_not_have_is_refused_with_those_it_has() {
        NodeId node = committed(List.of());

        assertThatThrownBy(() -> testRuns.start(node, smokeTest(LocalTime.of(0, 7)), world.anna))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The node is not scheduled at 00:07 on 2022-11-21.");
        var lastDay = new NewTestRun(Code.COMMITTED, null, LocalDate.of(9999, 12, 31), null, Map.of());
        assertThatThrownBy(() -> testRuns.start(node, lastDay, world.anna))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The day after 9999-12-31 lies beyond the year 9999.");
        assertThatThrownBy(() -> testRuns.start(
                        node, new NewTestRun(Code.COMMITTED, null, null, LocalTime.NOON, Map.of()), world.anna))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> testRuns.start(node, new NewTestRun(Code.DRAFT, 1, null, null, Map.of()), world.anna))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void committed_code_needs_a_commit_and_the_root_node_is_not_run() {
        NodeId node = draft("SELECT 1");
        NodeId root = new NodeId(world.number("SELECT id FROM node WHERE is_root"));

        assertThatThrownBy(() -> testRuns.start(node, smokeTest(null), world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessage("The node has no version yet: commit it, or run its draft.");
        assertThatThrownBy(() -> testRuns.start(root, withParameters(), world.anna))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void a_test_run_of_a_frozen_or_dry_node_runs_and_can_be_rerun_and_stopped_like_any_instance() {
        NodeId node = world.deploy("dry", NodeType.VIRTUAL, daily("10:30"), PlanningTest::dryRun);

        InstanceId run = testRuns.start(node, smokeTest(null), world.anna);
        world.settle();
        assertThat(world.attempts(run)).hasSize(1);
        world.actions.rerun(run, world.anna);
        world.actions.stop(run, world.anna);

        assertThat(world.state(run)).isEqualTo(InstanceState.FAILED);
    }

    private static NewTestRun withParameters(String... given) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < given.length; i += 2) {
            parameters.put(given[i], given[i + 1]);
        }
        return new NewTestRun(Code.DRAFT, null, null, null, parameters);
    }

    private static NewTestRun smokeTest(@Nullable LocalTime at) {
        return new NewTestRun(Code.COMMITTED, null, BUSINESS_DATE, at, Map.of());
    }

    private NodeId draft(String sql, String... parameters) {
        NodeId node = world.nodes
                .create(world.workspace.id(), new NewNode("copies", "tried", NodeType.MAXCOMPUTE_SQL), world.anna)
                .id();
        NodeDocument document = NodeDocument.of(sql, daily("10:30")).withParameters(assignments(List.of(parameters)));
        world.nodes.saveDraft(node, document, 1, world.anna);
        return node;
    }

    private NodeId committed(List<String> parameters) {
        return world.deploy(
                "copy",
                NodeType.MAXCOMPUTE_SQL,
                everyMinutes(5),
                document -> document.withCode("SELECT 1").withParameters(assignments(parameters)));
    }

    private static List<ParameterAssignment> assignments(List<String> lines) {
        return lines.stream()
                .map(line -> line.split("=", 2))
                .map(parts -> new ParameterAssignment(parts[0], parts[1]))
                .toList();
    }
}
