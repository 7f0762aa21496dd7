package io.tidegate.scheduler.parameter;

import java.util.List;

/**
 * The value of a scheduling parameter as it is written: text, {@code ${…}} over the business date, {@code $[…]} over the
 * scheduled time, and built-ins, in any number and order. {@code docs/scheduling-parameters.md} has the grammar.
 *
 * <p>What parses, evaluates: {@link #evaluate} never throws.
 */
public final class ParameterExpression {
    /** Bounds what one expression may cost; the longest useful one is a tenth of it. */
    public static final int CHARACTERS_MAX = 4096;

    private final String text;
    private final List<ExpressionPart> parts;
    private final List<ParameterHint> hints;

    private ParameterExpression(String text, List<ExpressionPart> parts, List<ParameterHint> hints) {
        this.text = text;
        this.parts = List.copyOf(parts);
        this.hints = List.copyOf(hints);
    }

    /**
     * Reads an expression.
     *
     * @throws ParameterSyntaxException naming the column, the reason and the cure
     */
    public static ParameterExpression parse(String text) {
        var parser = new ExpressionParser(text);
        return new ParameterExpression(text, parser.parse(), parser.hints());
    }

    /** The value at one scheduled time. */
    public String evaluate(ParameterContext context) {
        var value = new StringBuilder();
        parts.forEach(part -> value.append(part.evaluate(context)));
        return value.toString();
    }

    /** What is allowed here and probably not meant, by column. */
    public List<ParameterHint> hints() {
        return hints;
    }

    /** Whether the value is the same at every scheduled time and for every instance. */
    public boolean isConstant() {
        return parts.stream().allMatch(ExpressionPart.Constant.class::isInstance);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    List<ExpressionPart> parts() {
        return parts;
    }

    @Override
    public String toString() {
        return text;
    }
}
