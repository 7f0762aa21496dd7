package io.tidegate.engine.sync.job;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a job.
 *
 * @param dirtyRecordsMax the copy fails when more records than this do not convert; null for no limit
 * @param concurrent slices that are copied at the same time, 1 to 32
 * @param megabytesPerSecond upper bound of what is read from Kafka; null for none
 * @param columnZone zone in which date and time text without zone is understood
 */
public record JobSettings(
        @Nullable Long dirtyRecordsMax,
        int concurrent,
        @Nullable Integer megabytesPerSecond,
        ZoneId columnZone) {}
