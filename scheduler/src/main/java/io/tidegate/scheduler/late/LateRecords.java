package io.tidegate.scheduler.late;

import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.late.LateSummary.MissingRange;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What the late ledger says. What can be done about it is in {@link LateRepairs}. */
public final class LateRecords {
    private static final int PAGE_MAX = 500;

    private final Jdbi jdbi;

    public LateRecords(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * One page, newest first. Of what is open a page may hold less than asked for, or nothing, and yet not be the last: one page
     * looks at so many rows of the ledger and no more.
     *
     * @param cursor the {@code next} of the page before; null for the first
     * @param limit how many at most, 1 to 500; others are taken for the nearest bound
     * @throws InvalidInputException when the cursor is none
     */
    public LateRecordPage list(WorkspaceId workspace, LateFilter filter, @Nullable String cursor, int limit) {
        int size = Math.max(1, Math.min(limit, PAGE_MAX));
        long before = cursor == null ? Long.MAX_VALUE : id(cursor);
        return jdbi.withHandle(handle -> {
            LatePageDao dao = new LatePageDao(handle, workspace, filter, before);
            List<LateRecord> found = dao.page(size + 1);
            if (found.size() > size) {
                return new LateRecordPage(
                        found.subList(0, size),
                        Long.toString(found.get(size - 1).id()));
            }
            return new LateRecordPage(
                    found,
                    filter.openOnly() ? dao.lookedAtUpTo().map(String::valueOf).orElse(null) : null);
        });
    }

    /** The late records of an instance's window; empty when there are none, or when it was never copied. */
    public Optional<LateSummary> of(InstanceId instance) {
        return jdbi.withExtension(LateDao.class, dao -> summary(dao, instance));
    }

    /** How many records the windows of instances lack, by instance; those that lack none are left out. */
    public Map<InstanceId, Long> missingAmong(Collection<InstanceId> instances) {
        if (instances.isEmpty()) {
            return Map.of();
        }
        long[] ids = instances.stream().mapToLong(InstanceId::value).toArray();
        Map<InstanceId, Long> missing = new HashMap<>();
        jdbi.withExtension(LateDao.class, dao -> dao.missingAmong(ids))
                .forEach(m -> missing.put(m.instanceId(), m.records()));
        return missing;
    }

    static Optional<LateSummary> summary(LateDao dao, InstanceId instance) {
        List<LateDao.OfPartition> rows = dao.ofWindow(instance);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        long missing = 0;
        long repaired = 0;
        long included = 0;
        Instant since = null;
        List<MissingRange> ranges = new ArrayList<>();
        for (LateDao.OfPartition row : rows) {
            missing += row.missing();
            repaired += row.repaired();
            included += row.included();
            Instant rowSince = row.since();
            if (rowSince != null) {
                since = since == null || rowSince.isBefore(since) ? rowSince : since;
                ranges.add(new MissingRange(
                        row.partition(),
                        row.missing(),
                        Objects.requireNonNull(row.firstMissing()),
                        Objects.requireNonNull(row.lastMissing())));
            }
        }
        return Optional.of(new LateSummary(
                missing,
                repaired,
                included,
                since,
                rows.get(0).writeMode() == WriteMode.OVERWRITE,
                ranges,
                missing == 0 ? List.of() : dao.finders(instance, LateSummary.FINDERS_MAX)));
    }

    private static long id(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw InvalidInputException.of(
                    "/cursor", "'" + cursor + "' is no cursor.", "Pass on the `next` of the page before, unchanged.");
        }
    }
}
