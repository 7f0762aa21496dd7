package io.tidegate.scheduler.parameter;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** Shows what expressions are worth at one moment, the wrong ones among them too. */
public final class ParameterPreview {
    private ParameterPreview() {}

    /** What became of one expression. */
    public sealed interface Line {
        /** As it was given. */
        String expression();
    }

    /** It has a value. */
    public record Value(String expression, String value, List<ParameterHint> hints) implements Line {}

    /** It cannot be read. */
    public record Refused(String expression, ParameterSyntaxException error) implements Line {}

    /** Evaluates each expression at a local time of a zone; ids are not known in a preview and stay as they are written. */
    public static List<Line> of(List<String> expressions, LocalDateTime scheduledTime, ZoneId zone) {
        var context = ParameterContext.of(scheduledTime, zone);
        return expressions.stream().map(text -> line(text, context)).toList();
    }

    private static Line line(String text, ParameterContext context) {
        try {
            var expression = ParameterExpression.parse(text);
            return new Value(text, expression.evaluate(context), expression.hints());
        } catch (ParameterSyntaxException e) {
            return new Refused(text, e);
        }
    }
}
