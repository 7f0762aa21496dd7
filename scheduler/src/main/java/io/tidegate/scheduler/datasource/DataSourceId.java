package io.tidegate.scheduler.datasource;

import io.tidegate.scheduler.Id;

/** Identity of a data source. */
public record DataSourceId(long value) implements Id {}
