package io.tidegate.scheduler.trigger;

import java.time.Duration;

/**
 * A background chore that is to be done again and again, by one server at a time.
 *
 * @param name the same on every server
 * @param every how often; a run that takes longer delays the next one
 */
public record Duty(String name, Duration every, Runnable tick) {}
