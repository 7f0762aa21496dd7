package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.Id;

/** Identity of a backfill; the origin key of its instances. */
public record BackfillId(long value) implements Id {}
