package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceLinks;
import io.tidegate.scheduler.instance.InstanceMoves;
import io.tidegate.scheduler.instance.InstanceOpening;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.NewInstances;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.instance.RunnableNode;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Backfills: made, and then watched by the counts of their instances. */
public final class Backfills {
    /** So that one slip of the keyboard does not fill the database. */
    public static final int INSTANCES_MAX = 20_000;

    private static final int NODES_MAX = 2_000;
    private static final int PAGE_MAX = 200;
    private static final Duration RANGE_MAX = Duration.ofDays(3700);

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;
    private final NewInstances newInstances;
    private final InstanceLinks links = new InstanceLinks();
    private final InstanceOpening opening;

    public Backfills(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
        this.newInstances = new NewInstances(clock);
        this.opening = new InstanceOpening(new InstanceMoves(clock), clock);
    }

    /**
     * Makes an instance of every scheduled time in the range of every chosen node, with the versions that are deployed in PROD
     * now, and lets them start at once. They wait for each other as the nodes do, and for nothing else. Outside the validity
     * period of its schedule a node has no instances here either; on days that are not chosen they are dry runs.
     *
     * @throws InvalidInputException when a node is not deployed, or the range has no scheduled time or too many
     * @throws NotFoundException when there is no such workspace
     */
    public Backfill create(WorkspaceId workspace, NewBackfill wanted, UserId by) {
        refuseBadRange(wanted);
        BackfillId made = jdbi.inTransaction(handle -> make(handle, workspace, wanted, by));
        return get(made);
    }

    /**
     * @throws NotFoundException when there is no such backfill
     */
    public Backfill get(BackfillId id) {
        return jdbi.withExtension(
                BackfillDao.class,
                dao -> view(dao, dao.find(id).orElseThrow(() -> new NotFoundException("backfill", id))));
    }

    /**
     * One page, newest first.
     *
     * @param cursor the {@code next} of the page before; null for the first
     */
    public BackfillPage list(WorkspaceId workspace, @Nullable String cursor, int limit) {
        int size = Math.max(1, Math.min(limit, PAGE_MAX));
        Long before = cursor == null ? null : parse(cursor);
        return jdbi.withExtension(BackfillDao.class, dao -> {
            List<BackfillDao.Row> rows = dao.page(workspace, before, size + 1);
            List<Backfill> items =
                    rows.stream().limit(size).map(row -> view(dao, row)).toList();
            String next = rows.size() <= size
                    ? null
                    : Long.toString(rows.get(size - 1).id().value());
            return new BackfillPage(items, next);
        });
    }

    private BackfillId make(Handle handle, WorkspaceId workspace, NewBackfill wanted, UserId by) {
        BackfillDao dao = handle.attach(BackfillDao.class);
        BackfillDao.Place place = dao.place(workspace).orElseThrow(() -> new NotFoundException("workspace", workspace));
        String user = dao.userName(by).orElseThrow(() -> new NotFoundException("user", by));
        Map<RunnableNode, List<ScheduledTime>> plan = plan(dao, workspace, wanted, place.zone());
        long[] nodeIds =
                plan.keySet().stream().mapToLong(n -> n.nodeId().value()).toArray();
        Instant now = clock.instant();
        BackfillId id = dao.insert(
                workspace,
                name(wanted, plan),
                nodeIds,
                wanted.from(),
                wanted.to(),
                place.zone().getId(),
                user,
                now);
        String key = Long.toString(id.value());
        List<InstanceId> born = new ArrayList<>();
        plan.forEach((node, times) -> born.addAll(newInstances
                .generate(handle, node, Origin.BACKFILL, key, times, now, user)
                .ids()));
        links.linkAmong(
                handle,
                List.copyOf(plan.keySet()),
                Origin.BACKFILL,
                key,
                ScheduledTime.at(wanted.from(), place.zone()).instant(),
                ScheduledTime.at(wanted.to(), place.zone()).instant().plusNanos(1000));
        opening.open(handle, born, user);
        audit.record(
                handle,
                Act.by(by, "backfill.create", "backfill " + key).in(workspace).with("instances", born.size()));
        return id;
    }

    private static Map<RunnableNode, List<ScheduledTime>> plan(
            BackfillDao dao, WorkspaceId workspace, NewBackfill wanted, ZoneId zone) {
        long[] ids = wanted.nodes().stream().mapToLong(NodeId::value).distinct().toArray();
        Map<RunnableNode, List<ScheduledTime>> plan = new LinkedHashMap<>();
        Instant from = ScheduledTime.at(wanted.from(), zone).instant();
        Instant to = ScheduledTime.at(wanted.to(), zone).instant();
        int instances = 0;
        for (BackfillDao.Deployed deployed : dao.deployed(workspace, ids)) {
            RunnableNode node = deployed.node(zone);
            List<ScheduledTime> times = node.document().schedule().times(from, to.plusNanos(1), zone);
            plan.put(node, times);
            instances += times.size();
            if (instances > INSTANCES_MAX) {
                throw InvalidInputException.of(
                        "/to",
                        "The range holds more than %,d instances.".formatted(INSTANCES_MAX),
                        "Choose a shorter range or fewer nodes.");
            }
        }
        if (plan.size() < ids.length) {
            throw InvalidInputException.of(
                    "/nodeIds",
                    "%d of %d nodes are not deployed in PROD of this workspace."
                            .formatted(ids.length - plan.size(), ids.length),
                    "Deploy them first, or leave them out.");
        }
        if (instances == 0) {
            throw InvalidInputException.of(
                    "/from",
                    "No node has a scheduled time in this range within its validity.",
                    "Look at the nodes' schedules and validity periods.");
        }
        return plan;
    }

    private static void refuseBadRange(NewBackfill wanted) {
        if (wanted.nodes().isEmpty() || wanted.nodes().size() > NODES_MAX) {
            throw InvalidInputException.of("/nodeIds", "A backfill has 1 to 2,000 nodes.", "Choose nodes.");
        }
        if (wanted.from().isAfter(wanted.to())) {
            throw InvalidInputException.of("/to", "The range ends before it begins.", "Exchange the two.");
        }
        if (Duration.between(wanted.from(), wanted.to()).compareTo(RANGE_MAX) > 0) {
            throw InvalidInputException.of("/to", "The range is longer than ten years.", "Choose a shorter range.");
        }
    }

    private static String name(NewBackfill wanted, Map<RunnableNode, List<ScheduledTime>> plan) {
        if (wanted.name() != null && !wanted.name().isBlank()) {
            return wanted.name().strip();
        }
        String nodes = plan.keySet().stream().limit(3).map(RunnableNode::name).collect(Collectors.joining(", "));
        String more = plan.size() > 3 ? " and %d more".formatted(plan.size() - 3) : "";
        return String.format(Locale.ROOT, "%s%s, %s to %s", nodes, more, wanted.from(), wanted.to());
    }

    private static Backfill view(BackfillDao dao, BackfillDao.Row row) {
        Map<InstanceState, Integer> counts = new EnumMap<>(InstanceState.class);
        for (InstanceState state : InstanceState.values()) {
            counts.put(state, 0);
        }
        dao.counts(row.id()).forEach(c -> counts.put(c.state(), c.count()));
        return new Backfill(
                row.id(),
                row.workspaceId(),
                row.workspace(),
                row.name(),
                dao.nodes(row.id()),
                row.fromLocal(),
                row.toLocal(),
                row.zone(),
                row.createdBy(),
                row.createdAt(),
                counts);
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
