package io.tidegate.scheduler.parameter;

/** A parameter expression, or a line of assignments, that cannot be read. The message shows the place with carets. */
public final class ParameterSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    /** Longer texts are shown in part: a message is read by people. */
    private static final int CARET_CONTEXT_CHARACTERS = 60;

    private final String text;
    private final int column;
    private final int length;
    private final String reason;
    private final String cure;

    ParameterSyntaxException(String text, int column, int length, String reason, String cure) {
        super("column " + column + ": " + reason + "; " + cure + "\n" + carets(text, column, length));
        this.text = text;
        this.column = column;
        this.length = length;
        this.reason = reason;
        this.cure = cure;
    }

    /** The same error, seen in a longer text in which this one starts after {@code offset} characters. */
    ParameterSyntaxException within(String longer, int offset) {
        return new ParameterSyntaxException(longer, column + offset, length, reason, cure);
    }

    public String text() {
        return text;
    }

    /** Where, counted from 1; one past the end when something is missing there. */
    public int column() {
        return column;
    }

    /** How many characters are wrong, at least 1. */
    public int length() {
        return length;
    }

    /** What is wrong, without a full stop. */
    public String reason() {
        return reason;
    }

    /** What to write instead, without a full stop. */
    public String cure() {
        return cure;
    }

    /** Two lines: the text, and carets under what is wrong. */
    public String carets() {
        return carets(text, column, length);
    }

    private static String carets(String text, int column, int length) {
        int from = Math.max(0, column - 1 - CARET_CONTEXT_CHARACTERS);
        int to = Math.min(text.length(), column - 1 + length + CARET_CONTEXT_CHARACTERS);
        String before = from > 0 ? "…" : "";
        String after = to < text.length() ? "…" : "";
        var shown = new StringBuilder();
        for (int i = from; i < to; i++) {
            // One column for one character, or the carets would stand elsewhere.
            shown.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        String indent = " ".repeat(before.length() + column - 1 - from);
        return before + shown + after + "\n" + indent + "^".repeat(length);
    }
}
