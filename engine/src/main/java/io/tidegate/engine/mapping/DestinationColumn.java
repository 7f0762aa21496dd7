package io.tidegate.engine.mapping;

/**
 * A column of the destination table that is no partition key.
 *
 * @param name as the table writes it
 * @param type its type
 * @param comment empty when there is none
 * @param required whether the table refuses NULL there
 */
public record DestinationColumn(String name, ColumnType type, String comment, boolean required) {
    /** A column that may be NULL. */
    public DestinationColumn(String name, ColumnType type, String comment) {
        this(name, type, comment, false);
    }
}
