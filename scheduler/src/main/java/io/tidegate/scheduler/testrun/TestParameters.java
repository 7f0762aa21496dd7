package io.tidegate.scheduler.testrun;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import io.tidegate.scheduler.parameter.Placeholders;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Values given for one run, against what the code asks for. */
final class TestParameters {
    private static final int VALUE_MAX = 4096;

    private TestParameters() {}

    /** What would leave a placeholder without a value, and what is given for nothing. */
    static List<Finding> check(NodeDocument document, Map<String, String> given, ScheduledTime time, ZoneId zone) {
        ParameterContext context = ParameterContext.of(
                time.local(), zone, document.schedule().cycle().pace());
        Set<String> assigned =
                document.parameters().stream().map(ParameterAssignment::name).collect(Collectors.toSet());
        Set<String> asked = new TreeSet<>(Placeholders.names(document.code()));
        asked.removeAll(context.systemVariables().keySet());
        List<Finding> findings = new ArrayList<>();
        new TreeSet<>(given.keySet()).forEach(name -> {
            if (!assigned.contains(name) && !asked.contains(name)) {
                findings.add(Finding.error(
                        "/parameters/" + name,
                        "The node has no parameter " + name + ".",
                        asked.isEmpty() ? "Leave it out." : "It asks for " + String.join(", ", asked) + "."));
            } else if (given.getOrDefault(name, "").length() > VALUE_MAX) {
                findings.add(Finding.error(
                        "/parameters/" + name,
                        "The value is longer than " + VALUE_MAX + " characters.",
                        "Shorten it."));
            }
        });
        for (String name : asked) {
            if (!assigned.contains(name) && !given.containsKey(name)) {
                findings.add(Finding.error(
                        "/parameters/" + name,
                        "The code uses ${" + name + "}, and nothing gives it a value.",
                        "Give a value for this run, or assign " + name + " in the scheduling parameters."));
            }
        }
        for (ParameterAssignment assignment : without(document, given.keySet()).parameters()) {
            check(assignment, context, findings);
        }
        return findings;
    }

    private static void check(ParameterAssignment assignment, ParameterContext context, List<Finding> findings) {
        try {
            ParameterExpression.parse(assignment.expression()).evaluate(context);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            findings.add(Finding.error(
                    "/parameters/" + assignment.name(),
                    "%s = %s has no value: %s".formatted(assignment.name(), assignment.expression(), e.getMessage()),
                    "Mend the expression, or give a value for this run."));
        }
    }

    /** The document without the parameters whose values are given. */
    static NodeDocument without(NodeDocument document, Set<String> given) {
        return document.withParameters(document.parameters().stream()
                .filter(assignment -> !given.contains(assignment.name()))
                .toList());
    }
}
