package io.tidegate.web.http;

import java.util.Map;

/** Ends a request with a problem. For what only the HTTP side knows of; the scheduler throws exceptions of its own. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    /** @param headers further headers of the answer, as {@code Retry-After} */
    public ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.detail());
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.of(400, "invalid-request", "Invalid request", detail));
    }

    public static ProblemException notSignedIn() {
        return new ProblemException(Problem.of(401, "sign-in", "Not signed in", "Sign in and try again."));
    }

    public static ProblemException forged() {
        return new ProblemException(Problem.of(
                403,
                "csrf",
                "CSRF token missing or wrong",
                "Send the session's csrfToken in the header X-CSRF-Token. Reload the page if it is old."));
    }

    public static ProblemException stale(String detail) {
        return new ProblemException(Problem.of(412, "stale", "Somebody saved first", detail));
    }

    public static ProblemException ifMatchMissing() {
        return new ProblemException(Problem.of(
                428,
                "if-match-missing",
                "If-Match missing",
                "Give back the ETag of what was edited in the header If-Match."));
    }
}
