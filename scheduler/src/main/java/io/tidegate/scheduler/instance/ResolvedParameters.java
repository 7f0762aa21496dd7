package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a node, read once for all its instances of a batch. */
final class ResolvedParameters {
    private final RunnableNode node;
    private final List<Parameter> parameters = new ArrayList<>();

    /** @param problem why it has no value at any time, when {@code expression} is null */
    private record Parameter(
            ParameterAssignment assignment, @Nullable ParameterExpression expression, String problem) {
        static Parameter of(ParameterAssignment assignment) {
            try {
                return new Parameter(assignment, ParameterExpression.parse(assignment.expression()), "");
            } catch (IllegalArgumentException e) {
                return new Parameter(assignment, null, String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * What an instance is generated with.
     *
     * @param problem why some parameters have no value; empty when all have one
     */
    record Values(LocalDate businessDate, Map<String, String> byName, String problem) {}

    ResolvedParameters(RunnableNode node) {
        this.node = node;
        node.document().parameters().forEach(assignment -> parameters.add(Parameter.of(assignment)));
    }

    Values at(ScheduledTime time, long instanceId) {
        Map<String, String> ids = new LinkedHashMap<>();
        if (node.workflowId() != null) {
            ids.put("jobid", Long.toString(node.workflowId().value()));
        }
        ids.put("nodeid", Long.toString(node.nodeId().value()));
        ids.put("taskid", Long.toString(instanceId));
        var context = new ParameterContext(
                time.local(), node.zone(), node.document().schedule().cycle().pace(), ids);
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Parameter parameter : parameters) {
            String problem = parameter.problem();
            if (parameter.expression() != null) {
                try {
                    values.put(
                            parameter.assignment().name(),
                            parameter.expression().evaluate(context));
                    continue;
                } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                    problem = String.valueOf(e.getMessage());
                }
            }
            problems.add("Parameter %s = %s has no value: %s"
                    .formatted(
                            parameter.assignment().name(),
                            parameter.assignment().expression(),
                            problem));
        }
        return new Values(context.businessDate(), values, String.join(" ", problems));
    }
}
