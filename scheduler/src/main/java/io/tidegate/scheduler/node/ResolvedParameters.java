package io.tidegate.scheduler.node;

import io.tidegate.scheduler.cycle.Pace;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import io.tidegate.scheduler.parameter.ParameterSyntaxException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A document's parameters, read once and evaluated at many scheduled times. Those that cannot be read are left out. */
final class ResolvedParameters {
    private final Map<String, ParameterExpression> expressions = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final ZoneId zone;
    private final Pace pace;

    ResolvedParameters(NodeDocument document, ZoneId zone) {
        this.zone = zone;
        this.pace = document.schedule().cycle().pace();
        for (ParameterAssignment parameter : document.parameters()) {
            names.add(parameter.name());
            try {
                expressions.put(parameter.name(), ParameterExpression.parse(parameter.expression()));
            } catch (ParameterSyntaxException e) {
                errors.put(parameter.name(), "Column " + e.column() + ": " + e.reason() + "; " + e.cure());
            }
        }
    }

    /** A text with placeholders that are filled many times; empty when one of them has no value. */
    Optional<TextTemplate> template(String text) {
        return TextTemplate.of(text, expressions);
    }

    ParameterContext context(ScheduledTime time) {
        return ParameterContext.of(time.local(), zone, pace);
    }

    /** Name to value, with what code may name without an assignment. */
    Map<String, String> at(ScheduledTime time) {
        ParameterContext context = context(time);
        Map<String, String> values = new LinkedHashMap<>(context.systemVariables());
        expressions.forEach((name, expression) -> values.put(name, expression.evaluate(context)));
        return values;
    }

    /** In the user's order, with the errors of those that cannot be read. */
    List<PreviewedRun.Value> preview(ScheduledTime time) {
        Map<String, String> values = at(time);
        return names.stream()
                .map(name -> new PreviewedRun.Value(name, values.get(name), errors.get(name)))
                .toList();
    }
}
