package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.Finding.Severity;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.cycle.Minute;
import io.tidegate.scheduler.node.CommitRefused;
import io.tidegate.scheduler.node.DependencyKind;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import io.tidegate.scheduler.node.ResourceGroupRefs;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.workspace.Workspace;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeChecksTest {
    private static final LocalTime MIDNIGHT = LocalTime.MIDNIGHT;
    private static final LocalTime LAST = LocalTime.of(23, 59);
    private final Authoring given = new Authoring();
    private Workspace workspace = given.aFurnishedWorkspace();
    private Node node = given.aSyncNode(workspace, "orders_hourly");
    private NodeDocument sound = given.nodes.draft(node.id()).document();

    @BeforeAll
    void at_five_past_ten() {
        given.clock.set("2022-11-22T02:05:00Z");
    }

    @AfterAll
    void stop() {
        given.close();
    }

    @Test
    void the_hourly_example_of_the_guide_has_no_finding() {
        assertThat(findings(document -> document)).isEmpty();
    }

    @Test
    void the_five_minute_and_the_daily_example_of_the_guide_have_no_finding() {
        assertThat(findings(document -> scheduled(
                        document,
                        new Minute(MIDNIGHT, 5, LAST),
                        "$[yyyymmddhh24mi-8/24/60]00",
                        "$[yyyymmddhh24mi-3/24/60]00",
                        "$[yyyymmddhh24mi-8/24/60]")))
                .isEmpty();
        assertThat(findings(document -> scheduled(
                        document,
                        new Day(LocalTime.of(0, 15)),
                        "$[yyyymmdd-1]000000",
                        "$[yyyymmdd]000000",
                        "$[yyyymmdd-1]")))
                .isEmpty();
    }

    @Test
    void the_five_zeros_of_the_guides_three_hour_example_are_found_with_the_value_they_make() {
        assertThat(findings(document -> scheduled(
                        document,
                        Hour.every(3, LocalTime.of(0, 15), LAST),
                        "$[yyyymmddhh24-3/24]00000",
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24]")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.field()).isEqualTo("/code/steps/0/parameter/beginDateTime");
                    assertThat(finding.message())
                            .isEqualTo("beginDateTime becomes '202211220900000' at the scheduled time 2022-11-22 12:15:"
                                    + " these are 15 digits, and yyyymmddhh24miss has 14.");
                });
    }

    @Test
    void windows_that_leave_a_gap_or_overlap_are_shown_with_the_times_that_are_lost_or_doubled() {
        Cycle everyTwoHours = Hour.every(2, LocalTime.of(0, 15), LAST);
        assertThat(findings(document -> scheduled(
                        document, everyTwoHours, "$[yyyymmddhh24-1/24]0000", "$[yyyymmddhh24]0000", "$[yyyymmddhh24]")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.message())
                            .startsWith("Records from 2022-11-22 10:00 to 2022-11-22 11:00 are copied by no run");
                });
        assertThat(findings(document -> scheduled(
                        document, everyTwoHours, "$[yyyymmddhh24-3/24]0000", "$[yyyymmddhh24]0000", "$[yyyymmddhh24]")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("Records from 2022-11-22 09:00 to 2022-11-22 10:00 are copied twice"));
    }

    @Test
    void a_window_that_ends_after_its_scheduled_time_or_is_empty_is_found() {
        assertThat(findings(document -> scheduled(
                        document,
                        Hour.every(1, LocalTime.of(0, 15), LAST),
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24+1/24]0000",
                        "$[yyyymmddhh24]")))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.message()).contains("the window ends only at 2022-11-22 11:00"));
        assertThat(findings(document -> scheduled(
                        document,
                        Hour.every(1, LocalTime.of(0, 15), LAST),
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmddhh24]")))
                .filteredOn(Finding::blocks)
                .anySatisfy(finding -> assertThat(finding.message()).contains("nothing is copied."));
    }

    @Test
    void windows_that_overwrite_each_others_partition_are_found() {
        assertThat(findings(document -> scheduled(
                        document,
                        Hour.every(1, LocalTime.of(0, 15), LAST),
                        "$[yyyymmddhh24-1/24]0000",
                        "$[yyyymmddhh24]0000",
                        "$[yyyymmdd]")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.field()).isEqualTo("/code/steps/1/parameter/partition");
                    assertThat(finding.message()).contains("(ds=20221122)").contains("replaces");
                });
    }

    @Test
    void parameters_that_are_missing_unused_doubled_or_unreadable_are_found() {
        assertThat(findings(document -> document.withParameters(List.of(
                        new ParameterAssignment("startTime", "$[yyyymmddhh24-1/24]0000"),
                        new ParameterAssignment("startTime", "1"),
                        new ParameterAssignment("endTime", "$[yyyymmddhh24"),
                        new ParameterAssignment("unused", "x"),
                        new ParameterAssignment("bad name", "x")))))
                .extracting(finding -> finding.severity() + " " + finding.field())
                .contains(
                        "ERROR /parameters/1/name",
                        "ERROR /parameters/2/expression",
                        "WARNING /parameters/3/name",
                        "ERROR /parameters/4/name",
                        "ERROR /code");
    }

    @Test
    void an_isolated_node_is_told_to_add_the_root_node() {
        assertThat(findings(document -> document.withDependencies(List.of())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.blocks()).isTrue();
                    assertThat(finding.field()).isEqualTo("/dependencies");
                    assertThat(finding.cure()).contains("Add Root Node").contains(workspace.rootOutput());
                });
    }

    @Test
    void parents_that_do_not_exist_are_found() {
        assertThat(findings(document -> document.withDependencies(List.of(
                        DependencyRef.sameCycle(workspace.rootOutput()),
                        DependencyRef.sameCycle("nowhere.nothing"),
                        new DependencyRef(workspace.rootOutput(), DependencyKind.PREVIOUS_CYCLE_NODES),
                        DependencyRef.sameCycle(workspace.name() + ".orders_hourly")))))
                .extracting(Finding::field)
                .containsExactly("/dependencies/1/output", "/dependencies/3/output");
    }

    @Test
    void a_loop_is_refused_with_the_path_around_it() {
        Node a = given.aNode(workspace, "loop_a", NodeType.VIRTUAL);
        Node b = given.aNode(workspace, "loop_b", NodeType.VIRTUAL);
        Node c = given.aNode(workspace, "loop_c", NodeType.VIRTUAL);
        given.nodes.commit(a.id(), "Root", given.admin);
        dependsOn(b, "loop_a");
        given.nodes.commit(b.id(), "After a", given.admin);
        dependsOn(c, "loop_b");
        given.nodes.commit(c.id(), "After b", given.admin);
        dependsOn(a, "loop_c");

        assertThatThrownBy(() -> given.nodes.commit(a.id(), "After c", given.admin))
                .isInstanceOf(CommitRefused.class)
                .hasMessageContaining("loop_a -> loop_c -> loop_b -> loop_a");
    }

    @Test
    void a_loop_through_the_previous_cycle_is_legal() {
        Node a = given.aNode(workspace, "spiral_a", NodeType.VIRTUAL);
        Node b = given.aNode(workspace, "spiral_b", NodeType.VIRTUAL);
        given.nodes.commit(a.id(), "Root", given.admin);
        dependsOn(b, "spiral_a");
        given.nodes.commit(b.id(), "After a", given.admin);
        given.edit(
                a,
                document -> document.withDependencies(List.of(
                        DependencyRef.sameCycle(workspace.rootOutput()),
                        DependencyRef.self(),
                        DependencyRef.previousCycle(workspace.name() + ".spiral_b"))));

        given.nodes.commit(a.id(), "After b of the cycle before", given.admin);

        given.edit(
                a,
                document -> document.withDependencies(
                        List.of(DependencyRef.sameCycle(workspace.rootOutput()), DependencyRef.children())));
        assertThat(given.nodes.check(a.id())).isEmpty();
    }

    @Test
    void a_loop_among_instances_is_refused_with_the_instances_around_it() {
        Node hours = given.aNode(workspace, "hours", NodeType.VIRTUAL);
        Node day = given.aNode(workspace, "day", NodeType.VIRTUAL);
        Node later = given.aNode(workspace, "later", NodeType.VIRTUAL);
        Cycle hourly = Hour.every(1, MIDNIGHT, LAST);
        given.edit(later, document -> document.withSchedule(Schedule.of(hourly)));
        given.nodes.commit(later.id(), "Root", given.admin);
        given.edit(day, document -> document.withSchedule(Schedule.of(new Day(LocalTime.of(20, 0)))));
        dependsOn(day, "later");
        given.nodes.commit(day.id(), "After all hours", given.admin);
        given.edit(hours, document -> document.withSchedule(Schedule.of(hourly)));
        dependsOn(hours, "day");
        given.nodes.commit(hours.id(), "After the day", given.admin);
        given.edit(
                later,
                document -> document.withDependencies(List.of(
                        DependencyRef.sameCycle(workspace.rootOutput()),
                        DependencyRef.previousCycle(workspace.name() + ".hours"))));

        assertThatThrownBy(() -> given.nodes.commit(later.id(), "One hour after the hours", given.admin))
                .isInstanceOf(CommitRefused.class)
                .hasMessageContaining("would wait for each other for ever")
                .hasMessageContaining("day 20:00 -> later ");
    }

    @Test
    void kinds_that_name_no_other_node_are_held_to_it() {
        assertThat(findings(document -> document.withDependencies(List.of(
                        DependencyRef.sameCycle(workspace.rootOutput()),
                        new DependencyRef(workspace.rootOutput(), DependencyKind.PREVIOUS_CYCLE_SELF),
                        DependencyRef.children(),
                        DependencyRef.children(),
                        DependencyRef.previousCycle("")))))
                .extracting(Finding::field)
                .containsExactly("/dependencies/1/output", "/dependencies/3/output", "/dependencies/4/output");
    }

    @Test
    void an_output_belongs_to_one_node() {
        Node first = given.aNode(workspace, "output_first", NodeType.VIRTUAL);
        given.edit(first, document -> document.withOutputs(List.of("lake.taken")));
        given.nodes.commit(first.id(), "Take it", given.admin);

        assertThat(findings(
                        document -> document.withOutputs(List.of("lake.taken", "no period", "lake.new", "lake.new"))))
                .extracting(Finding::field)
                .containsExactly("/outputs/0", "/outputs/1", "/outputs/3");
    }

    @Test
    void ranges_of_schedule_rerun_priority_and_timeout_are_held() {
        List<Finding> findings = findings(document -> new NodeDocument(
                document.code(),
                Schedule.of(new Minute(MIDNIGHT, 0, LAST)),
                document.parameters(),
                document.dependencies(),
                document.outputs(),
                new RerunPolicy(RerunProperty.DENIED, true, 11, 31),
                new ResourceGroupRefs("nowhere", "default_scheduling"),
                9,
                0,
                10_001));

        assertThat(findings)
                .extracting(Finding::field)
                .containsExactlyInAnyOrder(
                        "/schedule/cycle/interval",
                        "/rerun/count",
                        "/rerun/intervalMinutes",
                        "/rerun/autoRerun",
                        "/priority",
                        "/timeoutMinutes",
                        "/maxParallel",
                        "/resourceGroups/scheduling",
                        "/resourceGroups/dataIntegration");
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.message()).endsWith(".");
            assertThat(finding.cure()).endsWith(".");
        });
    }

    @Test
    void a_topic_table_column_or_partition_key_that_is_not_in_dev_is_found() {
        assertThat(findings(document -> document.withCode(document.code()
                        .replace("\"topic\": \"orders\"", "\"topic\": \"ordres\"")
                        .replace("ds=${partition}", "dt=${partition}")
                        .replaceFirst("(?s)(.*)\"__key__\"", "$1\"kee\""))))
                .extracting(Finding::field)
                .containsExactlyInAnyOrder(
                        "/code/steps/0/parameter/topic",
                        "/code/steps/1/parameter/partition",
                        "/code/steps/1/parameter/column");
        assertThat(findings(document ->
                        document.withCode(document.code().replace("\"table\": \"orders\"", "\"table\": \"none\""))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.cure()).contains("Generate Destination Table Schema"));
    }

    @Test
    void data_sources_that_are_missing_or_of_the_wrong_type_are_found() {
        assertThat(findings(document -> document.withCode(document.code()
                        .replace("\"kafka_src\"", "\"lake\"")
                        .replaceFirst("(?s)(.*)\"lake\"", "$1\"gone\""))))
                .extracting(Finding::field)
                .containsExactly("/code/steps/0/parameter/datasource", "/code/steps/1/parameter/datasource");
    }

    @Test
    void what_the_engine_warns_of_is_a_warning_of_the_node() {
        assertThat(findings(document -> document.withCode(document.code()
                        .replace("\"stopWhenPollEmpty\": \"false\"", "\"stopWhenPollEmpty\": \"true\""))))
                .filteredOn(finding -> finding.field().endsWith("stopWhenPollEmpty"))
                .anySatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.message()).contains("60 seconds", "only pauses");
                });
    }

    @Test
    void code_that_is_not_a_document_is_found_by_the_engines_parser() {
        assertThat(findings(document -> document.withCode("{\"type\":\"job\"")))
                .filteredOn(Finding::blocks)
                .extracting(Finding::field)
                .contains("/code");
    }

    @Test
    void a_cluster_that_does_not_answer_is_a_warning_and_does_not_hold_up_a_commit() {
        Authoring elsewhere = new Authoring();
        try {
            Workspace away = elsewhere.aFurnishedWorkspace();
            Node sync = elsewhere.aSyncNode(away, "orders");
            elsewhere.catalogs.goesAway(Authoring.DEV_KAFKA);
            elsewhere.catalogs.goesAway(Authoring.DEV_PROJECT);

            assertThat(elsewhere.nodes.check(sync.id()))
                    .hasSize(2)
                    .allSatisfy(finding -> assertThat(finding.message())
                            .startsWith("It could not be checked in DEV: ")
                            .endsWith("does not answer."));
            assertThat(elsewhere
                            .nodes
                            .commit(sync.id(), "Go", elsewhere.admin)
                            .version()
                            .version())
                    .isEqualTo(1);
        } finally {
            elsewhere.close();
        }
    }

    private List<Finding> findings(UnaryOperator<NodeDocument> change) {
        given.edit(node, ignored -> change.apply(sound));
        return given.nodes.check(node.id());
    }

    private void dependsOn(Node child, String parent) {
        given.edit(
                child,
                document ->
                        document.withDependencies(List.of(DependencyRef.sameCycle(workspace.name() + "." + parent))));
    }

    private static NodeDocument scheduled(
            NodeDocument document, Cycle cycle, String startTime, String endTime, String partition) {
        List<ParameterAssignment> parameters = new ArrayList<>();
        parameters.add(new ParameterAssignment("startTime", startTime));
        parameters.add(new ParameterAssignment("endTime", endTime));
        parameters.add(new ParameterAssignment("partition", partition));
        return document.withSchedule(Schedule.of(cycle)).withParameters(parameters);
    }
}
