package io.tidegate.engine.plan;

/**
 * A part of one partition's range that is read and written on its own.
 *
 * @param number 0-based number in the plan, which is also the id of the block it fills
 * @param partition Kafka partition
 * @param begin first offset read
 * @param end first offset not read
 */
public record PlanSlice(int number, int partition, long begin, long end) {}
