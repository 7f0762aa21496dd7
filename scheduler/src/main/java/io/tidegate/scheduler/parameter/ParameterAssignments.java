package io.tidegate.scheduler.parameter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Assignments in their textual form, {@code name=value name=value}: separated by spaces or line ends, none around {@code =}. */
public final class ParameterAssignments {
    private ParameterAssignments() {}

    /**
     * One assignment.
     *
     * @param name letters, digits and underscores
     * @param expression its value
     * @param column where the name starts, counted from 1
     */
    public record Assignment(String name, ParameterExpression expression, int column) {}

    /**
     * Reads assignments; a text without any gives none. Spaces inside <code>${…}</code> and {@code $[…]} belong to the value.
     *
     * @throws ParameterSyntaxException with columns that count through the whole text
     */
    public static List<Assignment> parse(String text) {
        var assignments = new ArrayList<Assignment>();
        var names = new HashSet<String>();
        var source = new Source(text);
        int at = 0;
        while (true) {
            while (at < text.length() && Source.isBlank(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return List.copyOf(assignments);
            }
            int name = at;
            at = endOfName(source, name);
            String word = text.substring(name, at);
            if (!names.add(word)) {
                throw source.error(name, at, "'" + word + "' is assigned twice", "keep one of the two");
            }
            int value = at + 1;
            at = endOfValue(text, value);
            assignments.add(new Assignment(word, expression(source, value, at), name + 1));
        }
    }

    /** The textual form; what {@link #parse} makes of it has the same names and values. */
    public static String text(List<Assignment> assignments) {
        return assignments.stream()
                .map(a -> a.name() + "=" + a.expression().text())
                .collect(Collectors.joining(" "));
    }

    /** Whether a name may be assigned to: letters, digits and underscores, at least one of them. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> isNameCharacter((char) c));
    }

    static boolean isNameCharacter(char c) {
        return Source.isLetter(c) || Source.isDigit(c) || c == '_';
    }

    private static int endOfName(Source source, int from) {
        String text = source.text();
        int at = from;
        while (at < text.length() && isNameCharacter(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '=' && at > from) {
            return at;
        }
        if (at == text.length()) {
            throw source.error(at, at + 1, "'=' is missing after '" + text.substring(from) + "'", "write name=value");
        }
        char c = text.charAt(at);
        if (c == '=') {
            throw source.error(at, at + 1, "there is no name before '='", "write name=value");
        }
        if (Source.isBlank(c)) {
            throw source.error(
                    at,
                    at + 1,
                    "'=' is missing after '" + text.substring(from, at) + "'",
                    "write name=value without spaces");
        }
        throw source.error(
                at, at + 1, Source.quoted(c) + " cannot stand in a name", "write letters, digits and underscores");
    }

    /** The first blank outside brackets, or the end. */
    private static int endOfValue(String text, int from) {
        char closing = 0;
        int at = from;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (closing != 0) {
                closing = c == closing ? 0 : closing;
            } else if (Source.isBlank(c)) {
                return at;
            } else if (c == '$' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                closing = next == '{' ? '}' : next == '[' ? ']' : (char) 0;
            }
        }
        return at;
    }

    private static ParameterExpression expression(Source source, int from, int to) {
        if (from == to) {
            throw source.error(
                    from, from + 1, "there is no value behind '='", "write a value, without a space before it");
        }
        try {
            return ParameterExpression.parse(source.text().substring(from, to));
        } catch (ParameterSyntaxException e) {
            throw e.within(source.text(), from);
        }
    }
}
