package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.instance.BulkActions;
import io.tidegate.scheduler.instance.BulkOperation;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceOperation;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.RerunOptions;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node was wrong, is mended and deployed, and what failed runs again with what is deployed now. */
class DeployedVersionRerunTest {
    private static final RerunOptions WITH_DEPLOYED = new RerunOptions(false, true);

    private final World world = new World();
    private final Worker worker = world.worker("w1");

    @AfterEach
    void close() {
        world.close();
    }

    private void deploys(String code, RerunPolicy rerun, String... parameters) {
        List<ParameterAssignment> assignments = new ArrayList<>();
        for (String parameter : parameters) {
            String[] parts = parameter.split("=", 2);
            assignments.add(new ParameterAssignment(parts[0], parts[1]));
        }
        world.deploy(
                "copy",
                NodeType.MAXCOMPUTE_SQL,
                daily("10:30"),
                (NodeDocument document) ->
                        document.withCode(code).withRerun(rerun).withParameters(assignments));
    }

    private InstanceId failsWith(String... parameters) {
        deploys("SELECT 1", RerunPolicy.DEFAULT, parameters);
        world.settle();
        world.clock.setLocal("2022-11-22T10:30");
        world.opener.tick();
        world.runner.next((request, journal, cancellation) ->
                new RunOutcome.Failed(FailureKind.MISSING_OBJECT, "the table is misspelt.", false));
        worker.tick();
        Instance failed = world.at("copy", "2022-11-22T10:30");
        assertThat(failed.state()).isEqualTo(InstanceState.FAILED);
        return failed.id();
    }

    @Test
    void it_runs_with_the_code_the_parameters_and_the_reruns_of_what_is_deployed_and_says_so() {
        InstanceId instance = failsWith("day=$[yyyymmdd]");
        deploys("SELECT 2", new RerunPolicy(RerunProperty.ALLOWED, true, 7, 1), "day=$[yyyymmdd-1]", "hour=$[hh24]");

        world.actions.rerun(instance, world.anna, WITH_DEPLOYED, "misspelt");
        worker.tick();

        assertThat(world.runner.lastRequest().code()).isEqualTo("SELECT 2");
        Instance over = world.detail(instance).instance();
        assertThat(over.state()).isEqualTo(InstanceState.SUCCESS);
        assertThat(over.nodeVersion()).isEqualTo(2);
        assertThat(over.parameters()).isEqualTo(Map.of("day", "20221121", "hour", "10"));
        assertThat(world.number("SELECT auto_reruns_left FROM instance WHERE id = " + instance.value()))
                .isEqualTo(7);
        assertThat(world.detail(instance).events())
                .extracting(event -> event.detail())
                .contains("Runs version 2, which is deployed now, in place of version 1. Reason: misspelt");
        assertThat(world.audited("instance.rerun", instance)).containsEntry("withDeployedVersion", "true");
    }

    @Test
    void without_the_word_it_runs_with_what_it_was_generated_with() {
        InstanceId instance = failsWith("day=$[yyyymmdd]");
        deploys("SELECT 2", RerunPolicy.DEFAULT, "day=$[yyyymmdd-1]");

        world.actions.rerun(instance, world.anna);
        worker.tick();

        assertThat(world.runner.lastRequest().code()).isEqualTo("SELECT 1");
        assertThat(world.detail(instance).instance().parameters()).isEqualTo(Map.of("day", "20221122"));
    }

    @Test
    void what_the_instance_itself_was_given_stays() {
        InstanceId instance = failsWith("day=$[yyyymmdd]", "region=eu");
        // As a backfill with values of its own, or a run by hand, makes it.
        world.jdbi.useHandle(handle -> handle.execute(
                "UPDATE instance SET parameters = parameters || '{\"region\": \"us\"}' WHERE id = ?",
                instance.value()));
        deploys("SELECT 2", RerunPolicy.DEFAULT, "day=$[yyyymmdd-1]", "region=asia");

        world.actions.rerun(instance, world.anna, WITH_DEPLOYED, "");

        assertThat(world.detail(instance).instance().parameters()).isEqualTo(Map.of("day", "20221121", "region", "us"));
    }

    @Test
    void a_parameter_without_a_value_is_refused_before_anything_changes() {
        InstanceId instance = failsWith("day=$[yyyymmdd]");
        deploys("SELECT 2", RerunPolicy.DEFAULT, "day=$[yyyy");

        assertThatThrownBy(() -> world.actions.rerun(instance, world.anna, WITH_DEPLOYED, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith(
                        "Version 2 cannot run at 2022-11-22T10:30. Parameter day = $[yyyy has no value: ");

        assertThat(world.state(instance)).isEqualTo(InstanceState.FAILED);
        assertThat(world.detail(instance).instance().nodeVersion()).isEqualTo(1);
    }

    @Test
    void while_a_commit_is_open_only_the_version_that_made_it_may_run() {
        deploys("SELECT 1", RerunPolicy.DEFAULT);
        world.settle();
        world.clock.setLocal("2022-11-22T10:30");
        world.opener.tick();
        world.runner.next((request, journal, cancellation) -> {
            journal.planned(Plans.SMALL);
            journal.prepared(Plans.PREPARED);
            return new RunOutcome.Failed(FailureKind.TRANSFER, "the commit was not answered.", false);
        });
        worker.tick();
        InstanceId instance = world.at("copy", "2022-11-22T10:30").id();
        deploys("SELECT 2", RerunPolicy.DEFAULT);

        assertThatThrownBy(() -> world.actions.rerun(instance, world.anna, WITH_DEPLOYED, ""))
                .isInstanceOf(ConflictException.class)
                .hasMessage(
                        "What became of the commit of attempt 1 of instance %d is not known yet: rerun it with its own version first, which finds out."
                                .formatted(instance.value()));
    }

    @Test
    void many_that_failed_are_rerun_with_what_is_deployed_and_other_operations_take_no_version() {
        InstanceId instance = failsWith();
        deploys("SELECT 2", RerunPolicy.DEFAULT);
        BulkActions bulk = new BulkActions(world.jdbi, world.actions);

        assertThat(bulk.act(
                        world.workspace.id(),
                        new BulkOperation(InstanceOperation.RERUN, List.of(instance), null, true, ""),
                        world.anna))
                .allMatch(result -> Objects.isNull(result.refusal()));
        assertThat(world.detail(instance).instance().nodeVersion()).isEqualTo(2);

        assertThatThrownBy(() -> bulk.act(
                        world.workspace.id(),
                        new BulkOperation(InstanceOperation.STOP, List.of(instance), null, true, ""),
                        world.anna))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings().get(0).field()).isEqualTo("/withDeployedVersion"));
    }
}
