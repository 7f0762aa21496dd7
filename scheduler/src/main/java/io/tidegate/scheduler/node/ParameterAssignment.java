package io.tidegate.scheduler.node;

/**
 * A scheduling parameter.
 *
 * @param name as in {@code ${name}} in the code
 * @param expression as {@code $[yyyymmddhh24-1/24]0000}
 */
public record ParameterAssignment(
        @Required String name, @Required String expression) {}
