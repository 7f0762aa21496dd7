package io.tidegate.engine;

/**
 * A record that was left out of the copy.
 *
 * @param partition Kafka partition
 * @param offset offset in that partition
 * @param column the destination column that could not be filled, or {@code __value__} when the value as a whole is bad
 * @param excerpt the start of the offending value, at most 200 characters
 * @param reason why, in one sentence
 */
public record DirtyRecord(int partition, long offset, String column, String excerpt, String reason) {}
