package io.tidegate.scheduler.parameter;

import java.util.List;
import java.util.stream.Collectors;

/** Code names parameters that have no value. The message names all of them, each with its line and column. */
public final class UnresolvedParameterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    /** More are counted, not listed. */
    private static final int LISTED_MAX = 50;

    private final transient List<Unresolved> unresolved;

    /**
     * One place in the code.
     *
     * @param name what stands in the braces
     * @param line counted from 1
     * @param column of the dollar sign, counted from 1
     * @param cure what to do about it
     */
    public record Unresolved(String name, int line, int column, String cure) {}

    UnresolvedParameterException(List<Unresolved> unresolved) {
        super(message(unresolved));
        this.unresolved = List.copyOf(unresolved);
    }

    public List<Unresolved> unresolved() {
        return unresolved;
    }

    private static String message(List<Unresolved> unresolved) {
        String places = unresolved.stream()
                .limit(LISTED_MAX)
                .map(u -> "${" + u.name() + "} at " + u.line() + ":" + u.column() + " (" + u.cure() + ")")
                .collect(Collectors.joining(", "));
        int more = unresolved.size() - LISTED_MAX;
        return "no value for " + places + (more > 0 ? " and " + more + " more" : "");
    }
}
