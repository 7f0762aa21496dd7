package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The alerts that were raised, and what became of the messages about them. */
public final class Alerts {
    private static final int PAGE_MAX = 500;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;

    public Alerts(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One page, newest first.
     *
     * @param cursor the {@code next} of the page before; null for the first
     * @param limit how many at most, 1 to 500; others are taken for the nearest bound
     * @throws InvalidInputException when the cursor is none
     */
    public AlertPage list(WorkspaceId workspace, AlertFilter filter, @Nullable String cursor, int limit) {
        int size = Math.max(1, Math.min(limit, PAGE_MAX));
        long before = cursor == null ? Long.MAX_VALUE : parse(cursor);
        List<Alert> found =
                jdbi.withHandle(handle -> new AlertPageDao(handle).page(workspace, filter, before, size + 1));
        return found.size() <= size
                ? new AlertPage(found, null)
                : new AlertPage(
                        found.subList(0, size),
                        Long.toString(found.get(size - 1).id().value()));
    }

    /** @throws NotFoundException when there is no such alert */
    public Alert get(AlertId id) {
        return jdbi.withExtension(AlertDao.class, dao -> dao.find(id).orElseThrow(() -> notFound(id)));
    }

    /**
     * The messages that tell of an alert, the oldest first.
     *
     * @throws NotFoundException when there is no such alert
     */
    public List<AlertDelivery> deliveries(AlertId id) {
        return jdbi.withExtension(AlertDao.class, dao -> {
            if (dao.workspaceOf(id).isEmpty()) {
                throw notFound(id);
            }
            List<AlertDao.TryRow> tries = dao.tries(id);
            return dao.deliveries(id).stream().map(row -> delivery(row, tries)).toList();
        });
    }

    /**
     * Notes that somebody has seen an alert and takes care of it. The first one stays named.
     *
     * @throws NotFoundException when there is no such alert
     */
    public Alert acknowledge(AlertId id, UserId by) {
        return jdbi.inTransaction(handle -> {
            AlertDao dao = handle.attach(AlertDao.class);
            WorkspaceId workspace = dao.workspaceOf(id).orElseThrow(() -> notFound(id));
            String user = dao.userName(by).orElseThrow(() -> new NotFoundException("user", by));
            if (dao.acknowledge(id, user, clock.instant()) > 0) {
                audit.record(
                        handle,
                        Act.by(by, "alert.acknowledge", "alert " + id.value()).in(workspace));
            }
            return dao.find(id).orElseThrow(() -> notFound(id));
        });
    }

    private static AlertDelivery delivery(AlertDao.DeliveryRow row, List<AlertDao.TryRow> tries) {
        return new AlertDelivery(
                row.id(),
                row.channelId(),
                row.channelName(),
                row.channelType(),
                row.messageId(),
                row.state(),
                row.held(),
                row.alerts(),
                row.createdAt(),
                row.dueAt(),
                row.finishedAt(),
                tries.stream()
                        .filter(t -> t.deliveryId().equals(row.id()))
                        .map(t ->
                                new AlertDelivery.Try(t.number(), t.at(), t.milliseconds(), t.delivered(), t.answer()))
                        .toList());
    }

    private static NotFoundException notFound(AlertId id) {
        return new NotFoundException("alert", id);
    }

    private static long parse(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw InvalidInputException.of(
                    "/cursor", "'" + cursor + "' is no cursor.", "Pass on the `next` of the page before, unchanged.");
        }
    }
}
