package io.tidegate.scheduler.parameter;

/**
 * Something in an expression that is allowed and probably not meant.
 *
 * @param column where, counted from 1
 * @param length how many characters it concerns, at least 1
 * @param text what it does, and what to write if something else is meant
 */
public record ParameterHint(int column, int length, String text) {}
