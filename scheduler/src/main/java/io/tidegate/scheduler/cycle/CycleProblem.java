package io.tidegate.scheduler.cycle;

/**
 * What is wrong with a cycle.
 *
 * @param field the JSON field it is about, e.g. {@code interval}
 * @param message what is wrong, with the value that was given
 * @param cure what to write instead
 */
public record CycleProblem(String field, String message, String cure) {}
