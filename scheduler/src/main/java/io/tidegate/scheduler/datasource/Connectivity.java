package io.tidegate.scheduler.datasource;

/**
 * What came of trying to reach a data source.
 *
 * @param message what was found there, or why it was not reached and what to do
 */
public record Connectivity(boolean reachable, String message, long milliseconds) {}
