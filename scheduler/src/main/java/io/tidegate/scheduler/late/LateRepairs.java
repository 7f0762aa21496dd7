package io.tidegate.scheduler.late;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.instance.Cause;
import io.tidegate.scheduler.instance.InstanceActions;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.StaleInstanceException;
import io.tidegate.scheduler.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs windows again so that they reach the late records that are known of them. It is a rerun like any other: with the
 * version the instance was generated with, by the node's rules, and without effect on instances that have already read the
 * table.
 */
public final class LateRepairs {
    private static final Logger LOG = LoggerFactory.getLogger(LateRepairs.class);
    private static final int ROWS_MAX = 10_000;
    private static final int RANGES_TOLD_MAX = 3;
    private static final String READERS = " Instances that have read the table since are not run again.";

    /** A window that is copied for the first time later than this after its late records were found is left to the user. */
    private static final Duration KEPT_IN_MIND = Duration.ofDays(30);

    private final Jdbi jdbi;
    private final InstanceActions actions;
    private final InstantSource clock;

    public LateRepairs(Jdbi jdbi, InstanceActions actions, InstantSource clock) {
        this.jdbi = jdbi;
        this.actions = actions;
        this.clock = clock;
    }

    /**
     * Reruns an instance because records of its window were found late.
     *
     * @throws NotFoundException when there is no such instance
     * @throws ConflictException when nothing is missing, when a rerun would double rows, or when its state or its node does
     *     not allow a rerun
     */
    public void repair(InstanceId id, UserId by) {
        LateSummary summary = jdbi.withExtension(LateDao.class, dao -> LateRecords.summary(dao, id))
                .filter(found -> found.missing() > 0)
                .orElse(null);
        if (summary != null && !summary.repairable()) {
            throw new ConflictException(
                    "%d records are missing from the window of instance %d, but it was written with INSERT INTO: a rerun would add the others a second time. Empty the partition and rerun the instance, or add the records by hand."
                            .formatted(summary.missing(), id.value()));
        }
        actions.rerun(id, by, "instance.repair", () -> {
            if (summary == null) {
                throw new ConflictException(
                        "No late record is missing from the window of instance %d.".formatted(id.value()));
            }
            return ("Late records: %d of this window were found after it was copied (%s)." + READERS)
                    .formatted(
                            summary.missing(),
                            summary.partitions().stream()
                                    .limit(RANGES_TOLD_MAX)
                                    .map(r -> told(r.partition(), r.firstOffset(), r.lastOffset()))
                                    .collect(Collectors.joining("; ")));
        });
    }

    /**
     * Reruns the windows of late records whose node has the policy to repair, each row of the ledger only once: what a rerun
     * did not reach will not be reached by another.
     *
     * @param actor who does it, for the time line
     */
    public void repairByPolicy(String actor) {
        Instant now = clock.instant();
        Map<InstanceId, List<LateDao.Found>> windows =
                jdbi.withExtension(LateDao.class, dao -> dao.toRepair(now.minus(KEPT_IN_MIND), ROWS_MAX)).stream()
                        .collect(Collectors.groupingBy(
                                LateDao.Found::instanceId, LinkedHashMap::new, Collectors.toList()));
        windows.forEach((instance, rows) -> {
            try {
                jdbi.useTransaction(handle -> rerunOnce(handle, instance, rows, actor));
            } catch (ConflictException | StaleInstanceException | NotFoundException e) {
                // Somebody was quicker, and the next tick looks again.
                LOG.debug("Instance {} is not rerun for its late records now: {}", instance.value(), e.getMessage());
            }
        });
    }

    private void rerunOnce(Handle handle, InstanceId instance, List<LateDao.Found> rows, String actor) {
        long[] ids = rows.stream().mapToLong(LateDao.Found::id).toArray();
        // Also where the node allows no rerun: its user sees what is missing, and decides.
        if (handle.attach(LateDao.class).markAsked(ids, clock.instant()) == 0) {
            return;
        }
        long records = rows.stream().mapToLong(LateDao.Found::missing).sum();
        String detail =
                ("Late records: %d of this window were found by %s after it was copied (%s); the node's late policy is to repair."
                                + READERS)
                        .formatted(
                                records,
                                rows.stream()
                                        .map(LateDao.Found::foundBy)
                                        .distinct()
                                        .limit(RANGES_TOLD_MAX)
                                        .map(found -> found == null
                                                ? "an instance that is gone"
                                                : "instance " + found.value())
                                        .collect(Collectors.joining(", ")),
                                rows.stream()
                                        .limit(RANGES_TOLD_MAX)
                                        .map(r -> told(r.partition(), r.firstOffset(), r.lastOffset()))
                                        .collect(Collectors.joining("; ")));
        if (!actions.rerunByItself(handle, instance, "instance.repair", new Cause(actor, detail))) {
            LOG.debug("The node of instance {} denies the rerun for {} late records.", instance.value(), records);
        }
    }

    private static String told(int partition, long first, long last) {
        return first == last
                ? "partition %d, offset %d".formatted(partition, first)
                : "partition %d, offsets %d to %d".formatted(partition, first, last);
    }
}
