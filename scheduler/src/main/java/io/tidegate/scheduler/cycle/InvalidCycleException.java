package io.tidegate.scheduler.cycle;

import java.util.List;
import java.util.stream.Collectors;

/** A cycle with problems was asked for its times. Whoever accepts cycles from outside asks {@link Cycle#problems()} first. */
public final class InvalidCycleException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final transient List<CycleProblem> problems;

    InvalidCycleException(List<CycleProblem> problems) {
        super(problems.stream().map(p -> p.field() + ": " + p.message()).collect(Collectors.joining("; ")));
        this.problems = problems;
    }

    public List<CycleProblem> problems() {
        return problems;
    }
}
