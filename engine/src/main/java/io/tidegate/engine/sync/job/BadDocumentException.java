package io.tidegate.engine.sync.job;

import java.util.List;
import java.util.stream.Collectors;

/** A script-mode document that cannot be run as it stands. */
public final class BadDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param path JSON pointer to the place, as {@code /steps/0/parameter/topic}
     * @param message what is wrong there, and what to write instead
     */
    public record Problem(String path, String message) {
        @Override
        public String toString() {
            return path + ": " + message;
        }
    }

    public BadDocumentException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the document's checks. */
    public List<Problem> problems() {
        return problems;
    }
}
