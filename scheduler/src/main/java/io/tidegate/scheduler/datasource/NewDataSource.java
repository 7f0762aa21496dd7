package io.tidegate.scheduler.datasource;

import io.tidegate.scheduler.workspace.Environment;
import java.util.Map;

/** A data source that is to be made, with the sides that are known so far. */
public record NewDataSource(String name, DataSourceType type, String description, Map<Environment, SideConfig> sides) {}
