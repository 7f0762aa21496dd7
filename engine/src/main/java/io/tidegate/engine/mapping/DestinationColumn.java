package io.tidegate.engine.mapping;

/**
 * A column of the destination table that is no partition key.
 *
 * @param name as the table writes it
 * @param type its type
 * @param comment empty when there is none
 */
public record DestinationColumn(String name, ColumnType type, String comment) {}
