package io.tidegate.sandbox.maxcompute.storage;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How the store behaves.
 *
 * @param zone the zone in which DATETIME and TIMESTAMP values are written as text, MaxCompute's odps.sql.timezone
 * @param memoryMegabytes DuckDB's memory limit; beyond it, DuckDB spills to disk
 * @param sessionLife how long an upload session may be written and committed; MaxCompute keeps 24 hours
 * @param garbageLife how long rows that are no longer visible stay for download sessions that were opened before
 */
public record StorageSettings(ZoneId zone, int memoryMegabytes, Duration sessionLife, Duration garbageLife) {}
