package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.backfill.Backfill.BackfilledNode;
import io.tidegate.scheduler.backfill.NewBackfill.Future;
import io.tidegate.scheduler.datasource.TopicLogs;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.RunPreview;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Backfills: planned, made, and then watched by the counts of their instances. What users do to them is in {@link BackfillActions}. */
public final class Backfills {
    /** So that one slip of the keyboard does not fill the database. */
    public static final int INSTANCES_MAX = BackfillChecks.INSTANCES_MAX;

    private static final int PAGE_MAX = 200;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;
    private final BackfillBirth birth;
    private final BackfillProgress progress;
    private final ExpiredWindows expired;

    /**
     * @param logs what topics still hold, for plans
     */
    public Backfills(Jdbi jdbi, TopicLogs logs, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
        this.birth = new BackfillBirth(clock);
        this.progress = new BackfillProgress(jdbi, audit, clock);
        this.expired = new ExpiredWindows(logs, clock);
    }

    /**
     * What a request would make, with the versions that are deployed in PROD now. Nothing is written. With the first page
     * Kafka is asked whether topics still hold the records, which may take some seconds.
     *
     * @param cursor the {@code next} of the page before; null for the first
     * @throws InvalidInputException as {@link #create}
     */
    public PlanPage plan(WorkspaceId workspace, NewBackfill wanted, @Nullable String cursor, int limit) {
        int size = Math.max(1, Math.min(limit, PAGE_MAX));
        int from = cursor == null ? 0 : (int) Math.min(Math.max(0, number(cursor)), INSTANCES_MAX);
        PlannedBackfill plan = jdbi.withHandle(handle -> BackfillPlanner.plan(handle, workspace, wanted));
        List<PlannedBackfill.Entry> entries = plan.entries();
        int to = Math.min(entries.size(), from + size);
        Instant now = clock.instant();
        Map<NodeId, RunPreview> previews = new HashMap<>();
        List<PlanPage.Item> items = entries.subList(Math.min(from, to), to).stream()
                .map(entry -> item(plan, entry, wanted.future() == Future.WAIT ? now : Instant.MAX, previews))
                .toList();
        return new PlanPage(
                plan.total(),
                plan.dates().size(),
                plan.groups(),
                plan.descending(),
                plan.nodes().stream()
                        .filter(node -> !node.times().isEmpty())
                        .map(node -> new BackfilledNode(
                                node.node().nodeId(), node.node().name()))
                        .toList(),
                findings(workspace, plan, cursor == null),
                items,
                to < entries.size() ? Integer.toString(to) : null);
    }

    private List<Finding> findings(WorkspaceId workspace, PlannedBackfill plan, boolean withTopics) {
        List<Finding> findings = new ArrayList<>(plan.findings());
        if (withTopics) {
            findings.addAll(expired.of(workspace, plan));
        }
        return findings;
    }

    private static PlanPage.Item item(
            PlannedBackfill plan, PlannedBackfill.Entry entry, Instant waitsAfter, Map<NodeId, RunPreview> previews) {
        var node = entry.node().node();
        RunPreview preview = previews.computeIfAbsent(
                node.nodeId(), id -> new RunPreview(node.type(), node.document(), plan.zone()));
        Instant time = entry.time().instant();
        return new PlanPage.Item(
                new BackfilledNode(node.nodeId(), node.name()),
                PlannedBackfill.businessDate(entry.time()),
                entry.position(),
                entry.node().excluded(),
                time.isAfter(waitsAfter) ? time : null,
                preview.at(entry.time()));
    }

    /**
     * Makes an instance of every scheduled time that is asked for, with the versions that are deployed in PROD now, all at once,
     * and lets the first business dates begin. Instances wait for each other as the nodes do, and for nothing outside. Outside
     * the validity period of its schedule a node has no instances here either; on days that are not chosen they are dry runs.
     *
     * <p>A request id that has made a backfill before makes no other one: that one is returned.
     *
     * @throws InvalidInputException when a node is not deployed, or the range has no scheduled time or too many
     * @throws ConflictException when the request id has made a backfill of something else
     * @throws NotFoundException when there is no such workspace
     */
    public Backfill create(WorkspaceId workspace, NewBackfill wanted, UserId by) {
        Made made = jdbi.inTransaction(handle -> make(handle, workspace, wanted, by));
        if (made.fresh()) {
            progress.advance(made.id());
        }
        return get(made.id());
    }

    private record Made(BackfillId id, boolean fresh) {}

    private Made make(Handle handle, WorkspaceId workspace, NewBackfill wanted, UserId by) {
        BackfillDao dao = handle.attach(BackfillDao.class);
        BackfillId known = known(dao, workspace, wanted);
        if (known != null) {
            return new Made(known, false);
        }
        String user = dao.userName(by).orElseThrow(() -> new NotFoundException("user", by));
        PlannedBackfill plan = BackfillPlanner.plan(handle, workspace, wanted);
        BackfillId id = birth.insert(dao, workspace, wanted, plan, user).orElse(null);
        if (id == null) {
            return new Made(Objects.requireNonNull(known(dao, workspace, wanted)), false);
        }
        birth.instances(handle, id, plan, wanted.future(), user);
        audit.record(
                handle,
                Act.by(by, "backfill.create", "backfill " + id.value())
                        .in(workspace)
                        .with("instances", plan.total())
                        .with("dates", plan.dates().size()));
        return new Made(id, true);
    }

    private static @Nullable BackfillId known(BackfillDao dao, WorkspaceId workspace, NewBackfill wanted) {
        String request = wanted.requestId();
        BackfillDao.Known known =
                request == null ? null : dao.byRequest(workspace, request).orElse(null);
        if (known != null && !known.request().equals(wanted)) {
            throw new ConflictException("The request id '%s' has made backfill %d of something else. Use a new one."
                    .formatted(request, known.id().value()));
        }
        return known == null ? null : known.id();
    }

    /**
     * @throws NotFoundException when there is no such backfill
     */
    public Backfill get(BackfillId id) {
        return jdbi.withExtension(
                BackfillDao.class,
                dao -> BackfillViews.of(
                                dao, List.of(dao.find(id).orElseThrow(() -> new NotFoundException("backfill", id))))
                        .get(0));
    }

    /**
     * One page, newest first.
     *
     * @param cursor the {@code next} of the page before; null for the first
     */
    public BackfillPage list(WorkspaceId workspace, @Nullable String cursor, int limit) {
        int size = Math.max(1, Math.min(limit, PAGE_MAX));
        Long before = cursor == null ? null : number(cursor);
        return jdbi.withExtension(BackfillDao.class, dao -> {
            List<BackfillDao.Row> rows = dao.page(workspace, before, size + 1);
            List<Backfill> items =
                    BackfillViews.of(dao, rows.stream().limit(size).toList());
            String next = rows.size() <= size
                    ? null
                    : Long.toString(rows.get(size - 1).id().value());
            return new BackfillPage(items, next);
        });
    }

    /**
     * Its business dates, in their order.
     *
     * @param after the position of the last one that is known already; 0 for the first page
     * @throws NotFoundException when there is no such backfill
     */
    public List<BackfillDate> dates(BackfillId id, int after, int limit) {
        int size = Math.max(1, Math.min(limit, PAGE_MAX));
        return jdbi.withExtension(BackfillDao.class, dao -> {
            if (dao.find(id).isEmpty()) {
                throw new NotFoundException("backfill", id);
            }
            return BackfillViews.dates(
                    dao.dates(id, after, size), dao.dateCounts(id, after, Math.addExact(after, size)));
        });
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw InvalidInputException.of(
                    "/cursor", "'" + cursor + "' is no cursor.", "Pass on the `next` of the page before, unchanged.");
        }
    }
}
