package io.tidegate.scheduler;

import java.util.List;
import java.util.stream.Collectors;

/** What was asked for cannot be done as it was asked; the findings say why and what to change. Nothing was changed. */
public class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    public InvalidInputException(List<Finding> findings) {
        this("Invalid input", findings);
    }

    protected InvalidInputException(String summary, List<Finding> findings) {
        super(summary + ": "
                + findings.stream()
                        .filter(Finding::blocks)
                        .map(Finding::message)
                        .collect(Collectors.joining(" ")));
        this.findings = List.copyOf(findings);
    }

    public static InvalidInputException of(String field, String message, String cure) {
        return new InvalidInputException(List.of(Finding.error(field, message, cure)));
    }

    /** All that was found, warnings included. */
    public List<Finding> findings() {
        return findings;
    }
}
