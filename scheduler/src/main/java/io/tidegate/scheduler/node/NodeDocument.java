package io.tidegate.scheduler.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.NodeCycle;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a user says about a node: what a draft or a version stores. A document may be wrong in every way that
 * {@link NodeChecks} knows; it then can be saved, and not committed.
 *
 * @param code the script-mode document of a batch synchronization, SQL statements, or nothing
 * @param parameters in the user's order
 * @param dependencies the parents
 * @param outputs names under which other nodes can depend on this one, besides {@code workspace.node}
 * @param priority 1 to 8; the larger goes first
 * @param timeoutMinutes how long an attempt may run, or null for no limit
 * @param maxParallel how many instances of the node may run at once in an environment, 1 to 10,000; null for no limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeDocument(
        @Required String code,
        @Required Schedule schedule,
        @Required List<ParameterAssignment> parameters,
        @Required List<DependencyRef> dependencies,
        @Required List<String> outputs,
        @Required RerunPolicy rerun,
        @Required ResourceGroupRefs resourceGroups,
        @Required int priority,
        @Nullable Integer timeoutMinutes,
        @Nullable Integer maxParallel) {

    public static final int LOWEST_PRIORITY = 1;
    public static final int HIGHEST_PRIORITY = 8;
    public static final int MOST_PARALLEL = 10_000;

    public NodeDocument {
        parameters = List.copyOf(parameters);
        dependencies = List.copyOf(dependencies);
        outputs = List.copyOf(outputs);
    }

    /** A document with this code and cycle, and everything else as a new user meets it. */
    public static NodeDocument of(String code, Cycle cycle) {
        return new NodeDocument(
                code,
                Schedule.of(cycle),
                List.of(),
                List.of(),
                List.of(),
                RerunPolicy.DEFAULT,
                ResourceGroupRefs.DEFAULT,
                LOWEST_PRIORITY,
                null,
                null);
    }

    /** As the rules of edges see it. */
    public NodeCycle cycleIn(ZoneId zone) {
        return new NodeCycle(schedule.cycle(), zone, waitsForItself());
    }

    /** Whether each instance also waits for the node's own instance before it. */
    public boolean waitsForItself() {
        return dependencies.stream().anyMatch(dependency -> dependency.kind() == DependencyKind.PREVIOUS_CYCLE_SELF);
    }

    public NodeDocument withCode(String newCode) {
        return new NodeDocument(
                newCode,
                schedule,
                parameters,
                dependencies,
                outputs,
                rerun,
                resourceGroups,
                priority,
                timeoutMinutes,
                maxParallel);
    }

    public NodeDocument withSchedule(Schedule newSchedule) {
        return new NodeDocument(
                code,
                newSchedule,
                parameters,
                dependencies,
                outputs,
                rerun,
                resourceGroups,
                priority,
                timeoutMinutes,
                maxParallel);
    }

    public NodeDocument withParameters(List<ParameterAssignment> newParameters) {
        return new NodeDocument(
                code,
                schedule,
                newParameters,
                dependencies,
                outputs,
                rerun,
                resourceGroups,
                priority,
                timeoutMinutes,
                maxParallel);
    }

    public NodeDocument withDependencies(List<DependencyRef> newDependencies) {
        return new NodeDocument(
                code,
                schedule,
                parameters,
                newDependencies,
                outputs,
                rerun,
                resourceGroups,
                priority,
                timeoutMinutes,
                maxParallel);
    }

    public NodeDocument withOutputs(List<String> newOutputs) {
        return new NodeDocument(
                code,
                schedule,
                parameters,
                dependencies,
                newOutputs,
                rerun,
                resourceGroups,
                priority,
                timeoutMinutes,
                maxParallel);
    }

    public NodeDocument withRerun(RerunPolicy newRerun) {
        return new NodeDocument(
                code,
                schedule,
                parameters,
                dependencies,
                outputs,
                newRerun,
                resourceGroups,
                priority,
                timeoutMinutes,
                maxParallel);
    }

    public NodeDocument withResourceGroups(ResourceGroupRefs newResourceGroups) {
        return new NodeDocument(
                code,
                schedule,
                parameters,
                dependencies,
                outputs,
                rerun,
                newResourceGroups,
                priority,
                timeoutMinutes,
                maxParallel);
    }

    public NodeDocument withPriority(int newPriority) {
        return new NodeDocument(
                code,
                schedule,
                parameters,
                dependencies,
                outputs,
                rerun,
                resourceGroups,
                newPriority,
                timeoutMinutes,
                maxParallel);
    }

    public NodeDocument withTimeoutMinutes(@Nullable Integer newTimeoutMinutes) {
        return new NodeDocument(
                code,
                schedule,
                parameters,
                dependencies,
                outputs,
                rerun,
                resourceGroups,
                priority,
                newTimeoutMinutes,
                maxParallel);
    }

    public NodeDocument withMaxParallel(@Nullable Integer newMaxParallel) {
        return new NodeDocument(
                code,
                schedule,
                parameters,
                dependencies,
                outputs,
                rerun,
                resourceGroups,
                priority,
                timeoutMinutes,
                newMaxParallel);
    }
}
