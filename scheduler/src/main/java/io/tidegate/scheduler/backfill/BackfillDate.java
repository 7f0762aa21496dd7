package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.instance.InstanceState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A business date of a backfill.
 *
 * @param position its turn, from 1
 * @param begunAt null while it waits for its turn
 * @param overAt when nothing of it could go on any more; null before
 * @param counts its instances in each state; every state is there
 */
public record BackfillDate(
        LocalDate businessDate,
        int position,
        @Nullable Instant begunAt,
        @Nullable Instant overAt,
        Map<InstanceState, Integer> counts) {}
