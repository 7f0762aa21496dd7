package io.tidegate.scheduler.datasource;

/** A Kafka topic and how many partitions it has. */
public record Topic(String name, int partitions) {}
