package io.tidegate.engine.mapping;

import org.jspecify.annotations.Nullable;

/**
 * Values that are text whose fields are named by their position, from 0.
 *
 * @param delimiter stands between two fields, literally; null when the whole value is field 0
 */
public record TextFormat(@Nullable String delimiter) {
    private static final int DIGITS_MAX = 4;

    public TextFormat {
        if (delimiter != null && delimiter.isEmpty()) {
            throw new IllegalArgumentException("the delimiter must not be empty");
        }
    }

    /**
     * Reads a delimiter as documents write it: {@code \t}, {@code \n}, {@code \r}, {@code \\} and {@code \}{@code u0001}
     * stand for what they do in Java and JSON.
     *
     * @throws IllegalArgumentException saying which escape is not known
     */
    public static TextFormat by(String written) {
        StringBuilder delimiter = new StringBuilder();
        int i = 0;
        while (i < written.length()) {
            char c = written.charAt(i++);
            if (c != '\\') {
                delimiter.append(c);
                continue;
            }
            char kind = i < written.length() ? written.charAt(i++) : ' ';
            switch (kind) {
                case 't' -> delimiter.append('\t');
                case 'n' -> delimiter.append('\n');
                case 'r' -> delimiter.append('\r');
                case '\\' -> delimiter.append('\\');
                case 'u' -> {
                    delimiter.append(unicode(written, i));
                    i += DIGITS_MAX;
                }
                default ->
                    throw new IllegalArgumentException(
                            "'%s' holds a backslash that begins no known escape. Write \\t, \\n, \\r, \\u0001, or \\\\ for a backslash."
                                    .formatted(written));
            }
        }
        return new TextFormat(delimiter.toString());
    }

    private static char unicode(String written, int begin) {
        String digits = written.substring(begin, Math.min(written.length(), begin + DIGITS_MAX));
        if (!digits.matches("[0-9A-Fa-f]{4}")) {
            throw new IllegalArgumentException("'%s': four hexadecimal digits must follow \\u.".formatted(written));
        }
        return (char) Integer.parseInt(digits, 16);
    }

    /**
     * The position that a source field names.
     *
     * @throws FieldSyntaxException when it names none
     */
    public int position(SourceField.JsonPath field, String written) throws FieldSyntaxException {
        boolean number = field.steps().size() == 1
                && field.steps().get(0) instanceof SourceField.Step.Key
                && written.length() <= DIGITS_MAX
                && written.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw new FieldSyntaxException(
                    "'%s': the fields of values of dataFormat text are named by their position, 0 for the first one."
                            .formatted(written));
        }
        int position = Integer.parseInt(written);
        if (position > 0 && delimiter == null) {
            throw new FieldSyntaxException(
                    "'%s': without a fieldDelimiter there is only position 0, the whole value.".formatted(written));
        }
        return position;
    }
}
