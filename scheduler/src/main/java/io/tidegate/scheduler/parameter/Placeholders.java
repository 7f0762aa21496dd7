package io.tidegate.scheduler.parameter;

import java.util.ArrayList;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The <code>${name}</code> in code. Values are put in as they are and not looked at again, so that a value that looks like a
 * placeholder stays what it is. Where a placeholder is not closed on its line, or has no value, nothing is replaced at all.
 */
public final class Placeholders {
    private Placeholders() {}

    /**
     * Puts values into text that is not JSON, such as SQL.
     *
     * @throws UnresolvedParameterException when a placeholder has no value, naming all that have none
     */
    public static String replace(String code, Map<String, String> values) {
        return replace(code, values, false);
    }

    /**
     * Puts values into a script-mode document. Inside a string the value is escaped; outside one it is put in as it is when it
     * is a JSON number, {@code true}, {@code false} or {@code null}, else as a string. A document that parses, with its
     * placeholders taken for values, still parses afterwards.
     *
     * @throws UnresolvedParameterException when a placeholder has no value, naming all that have none
     */
    public static String replaceInJson(String code, Map<String, String> values) {
        return replace(code, values, true);
    }

    /** The names that code asks for, as they stand in the braces. */
    public static SortedSet<String> names(String code) {
        var names = new TreeSet<String>();
        for (int at = code.indexOf("${"); at >= 0; at = code.indexOf("${", at + 2)) {
            names.add(nameAt(code, at));
        }
        return names;
    }

    private static String replace(String code, Map<String, String> values, boolean json) {
        var replaced = new StringBuilder(code.length());
        var unresolved = new ArrayList<UnresolvedParameterException.Unresolved>();
        var position = new Position(code);
        var strings = new JsonStrings(code);
        int copied = 0;
        for (int at = code.indexOf("${"); at >= 0; at = code.indexOf("${", at + 2)) {
            String name = nameAt(code, at);
            int end = at + 2 + name.length() + 1;
            String value = end <= code.length() && code.charAt(end - 1) == '}' ? values.get(name) : null;
            if (value == null) {
                unresolved.add(position.unresolved(name, at, end));
                continue;
            }
            replaced.append(code, copied, at);
            if (json) {
                value = strings.isInside(at) ? JsonText.escaped(value) : JsonText.scalar(value);
            }
            replaced.append(value);
            copied = end;
        }
        if (!unresolved.isEmpty()) {
            throw new UnresolvedParameterException(unresolved);
        }
        return replaced.append(code, copied, code.length()).toString();
    }

    /** What follows <code>${</code>, up to the closing brace or to where one can no longer come. */
    private static String nameAt(String code, int dollar) {
        int end = dollar + 2;
        while (end < code.length() && "}{$\"'\r\n".indexOf(code.charAt(end)) < 0) {
            end++;
        }
        return code.substring(dollar + 2, end);
    }

    /** Turns indexes into lines and columns, for indexes that only grow. */
    private static final class Position {
        private final String code;
        private int line = 1;
        private int lineStart;
        private int seen;

        Position(String code) {
            this.code = code;
        }

        UnresolvedParameterException.Unresolved unresolved(String name, int at, int end) {
            for (; seen < at; seen++) {
                if (code.charAt(seen) == '\n') {
                    line++;
                    lineStart = seen + 1;
                }
            }
            boolean closed = end <= code.length() && code.charAt(end - 1) == '}';
            return new UnresolvedParameterException.Unresolved(
                    name, line, at - lineStart + 1, closed ? cure(name) : "close it with '}' on its line");
        }

        private static String cure(String name) {
            boolean wellFormed = !name.isEmpty()
                    && name.chars().allMatch(c -> ParameterAssignments.isNameCharacter((char) c) || c == '.');
            if (!wellFormed) {
                return "a name has letters, digits and underscores";
            }
            return "assign it: " + name + "=…";
        }
    }

    /** Tells whether an index lies inside a JSON string, for indexes that only grow. */
    private static final class JsonStrings {
        private final String code;
        private int seen;
        private boolean inside;

        JsonStrings(String code) {
            this.code = code;
        }

        boolean isInside(int at) {
            while (seen < at) {
                char c = code.charAt(seen);
                if (c == '"') {
                    inside = !inside;
                }
                seen += inside && c == '\\' ? 2 : 1;
            }
            return inside;
        }
    }
}
