package io.tidegate.scheduler.datasource;

/** What a data source connects to. */
public enum DataSourceType {
    KAFKA,
    MAXCOMPUTE
}
