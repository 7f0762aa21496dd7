package io.tidegate.scheduler.node;

import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import io.tidegate.scheduler.parameter.ParameterSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text with placeholders, read once and filled at many scheduled times: a year of a node may have a hundred thousand. */
final class TextTemplate {
    private static final String SYSTEM = "bdp.system.";

    /** Constants and expressions in turn; a constant comes first and may be empty. */
    private final List<String> constants;

    private final List<ParameterExpression> expressions;

    private TextTemplate(List<String> constants, List<ParameterExpression> expressions) {
        this.constants = List.copyOf(constants);
        this.expressions = List.copyOf(expressions);
    }

    /** Empty when a placeholder has no expression, or is not closed: others complain about that. */
    static Optional<TextTemplate> of(String text, Map<String, ParameterExpression> byName) {
        List<String> constants = new ArrayList<>();
        List<ParameterExpression> expressions = new ArrayList<>();
        int copied = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", copied)) {
            int close = text.indexOf('}', at);
            Optional<ParameterExpression> expression =
                    close < 0 ? Optional.empty() : expression(text.substring(at + 2, close), byName);
            if (expression.isEmpty()) {
                return Optional.empty();
            }
            constants.add(text.substring(copied, at));
            expressions.add(expression.get());
            copied = close + 1;
        }
        constants.add(text.substring(copied));
        return Optional.of(new TextTemplate(constants, expressions));
    }

    private static Optional<ParameterExpression> expression(String name, Map<String, ParameterExpression> byName) {
        ParameterExpression assigned = byName.get(name);
        if (assigned != null || !name.startsWith(SYSTEM)) {
            return Optional.ofNullable(assigned);
        }
        try {
            return Optional.of(ParameterExpression.parse("${" + name + "}"));
        } catch (ParameterSyntaxException e) {
            return Optional.empty();
        }
    }

    String at(ParameterContext context) {
        if (expressions.isEmpty()) {
            return constants.get(0);
        }
        StringBuilder filled = new StringBuilder(constants.get(0));
        for (int i = 0; i < expressions.size(); i++) {
            filled.append(expressions.get(i).evaluate(context)).append(constants.get(i + 1));
        }
        return filled.toString();
    }
}
