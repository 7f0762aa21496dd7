package io.tidegate.scheduler;

import java.util.List;

/**
 * Something a check has found.
 *
 * @param severity whether it blocks
 * @param field where: a JSON pointer into the checked document, for example {@code /parameters/0/expression}; empty when
 *     it concerns the whole
 * @param message what is wrong, in one sentence
 * @param cure what the user can do about it, in one sentence
 */
public record Finding(Severity severity, String field, String message, String cure) {
    /** Whether a finding blocks. */
    public enum Severity {
        /** Blocks what was asked for. */
        ERROR,
        /** Is shown, and blocks nothing. */
        WARNING
    }

    public static Finding error(String field, String message, String cure) {
        return new Finding(Severity.ERROR, field, message, cure);
    }

    public static Finding warning(String field, String message, String cure) {
        return new Finding(Severity.WARNING, field, message, cure);
    }

    public boolean blocks() {
        return severity == Severity.ERROR;
    }

    /** Whether any of them blocks. */
    public static boolean anyBlocks(List<Finding> findings) {
        return findings.stream().anyMatch(Finding::blocks);
    }
}
