package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.user.UserId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reruns an instance with instances that wait for it: all go back at once, and come again in the order of their edges. */
final class DescendantReruns {
    static final int DESCENDANTS_MAX = 1000;
    private static final int NAMED = 3;

    private final Jdbi jdbi;
    private final OperationTransaction transaction;
    private final InstantSource clock;
    private final InstanceMoves moves;
    private final InstanceOpening opening;

    DescendantReruns(Jdbi jdbi, OperationTransaction transaction, InstantSource clock) {
        this.jdbi = jdbi;
        this.transaction = transaction;
        this.clock = clock;
        this.moves = new InstanceMoves(clock);
        this.opening = new InstanceOpening(moves, clock);
    }

    List<Descendant> descendants(InstanceId id) {
        return jdbi.withHandle(handle -> {
            if (handle.attach(InstanceDao.class).find(id).isEmpty()) {
                throw new NotFoundException("instance", id);
            }
            OperationDao dao = handle.attach(OperationDao.class);
            return dao.descendants(longs(dao.below(id, DESCENDANTS_MAX)));
        });
    }

    void rerun(InstanceId root, @Nullable Collection<InstanceId> chosen, UserId by, boolean addAgain, String reason) {
        String why = OperationTransaction.checked(reason);
        OperationTransaction.inTransaction(jdbi, handle -> {
            List<Long> order = order(handle, root, chosen);
            List<OperationDao.Locked> locked = handle.attach(OperationDao.class).lock(longs(order));
            OperationDao.Locked first = locked.stream()
                    .filter(instance -> instance.id().equals(root))
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("instance", root));
            List<OperationDao.Locked> others = locked.stream()
                    .filter(instance -> !instance.id().equals(root))
                    .toList();
            OperationTransaction.refuse(
                    InstanceOperation.RERUN_WITH_DESCENDANTS, OperationTransaction.situation(handle, first));
            refuseWhatCannotGoBack(others);
            if (!addAgain) {
                locked.forEach(instance -> OperationTransaction.refuseIfRowsWereAdded(handle, instance));
            }
            String user = OperationTransaction.userName(handle, by);
            var acting = new OperationTransaction.Acting(first, user, why);
            startOver(
                    handle,
                    List.of(first),
                    new InstanceEvent.RerunAsked(),
                    acting.cause("With %d descendants.".formatted(others.size())));
            startOver(
                    handle,
                    others,
                    new InstanceEvent.SentBack(),
                    acting.cause("Rerun with %s (instance %d).".formatted(first.node(), root.value())));
            opening.open(handle, List.of(root), user);
            record(
                    handle,
                    by,
                    InstanceOperation.RERUN_WITH_DESCENDANTS,
                    first,
                    why,
                    addAgain
                            ? Map.of("descendants", others.size(), "addAgain", true)
                            : Map.of("descendants", others.size()));
            for (OperationDao.Locked other : others) {
                record(handle, by, InstanceOperation.RERUN, other, why, Map.of("with", root.value()));
            }
        });
    }

    private void record(
            Handle handle,
            UserId by,
            InstanceOperation operation,
            OperationDao.Locked instance,
            String why,
            Map<String, ?> told) {
        Act act = Act.by(
                by, "instance." + operation.word(), "instance " + instance.id().value());
        transaction.record(handle, act, instance, why, told);
    }

    /** The instance and what goes with it, parents first: the order in which a run that ends takes its locks too. */
    private static List<Long> order(Handle handle, InstanceId root, @Nullable Collection<InstanceId> chosen) {
        OperationDao dao = handle.attach(OperationDao.class);
        Set<Long> all = new LinkedHashSet<>();
        all.add(root.value());
        if (chosen == null) {
            List<Long> below = dao.below(root, DESCENDANTS_MAX + 1);
            if (below.size() > DESCENDANTS_MAX) {
                throw new ConflictException(
                        "More than %,d instances wait for it: choose which to rerun.".formatted(DESCENDANTS_MAX));
            }
            all.addAll(below);
        } else {
            chosen.forEach(id -> all.add(id.value()));
        }
        if ((chosen != null && all.size() == 1) || all.size() > DESCENDANTS_MAX + 1) {
            throw InvalidInputException.of(
                    "/descendants",
                    "%,d descendants are chosen.".formatted(all.size() - 1),
                    "Choose 1 to %,d, or leave the field out for all.".formatted(DESCENDANTS_MAX));
        }
        List<OperationDao.Edge> edges = dao.edgesAmong(longs(all));
        refuseLoose(root, all, edges);
        return ParentsFirst.order(all, edges);
    }

    /** One whose parents all stay as they are would run before what it was chosen for. */
    private static void refuseLoose(InstanceId root, Set<Long> all, List<OperationDao.Edge> edges) {
        Set<Long> loose = new LinkedHashSet<>(all);
        loose.remove(root.value());
        loose.removeAll(edges.stream().map(OperationDao.Edge::child).collect(Collectors.toCollection(HashSet::new)));
        if (!loose.isEmpty()) {
            throw InvalidInputException.of(
                    "/descendants",
                    "Instance " + loose.iterator().next() + " waits neither for instance " + root.value()
                            + " nor for another one that is chosen.",
                    "Choose the instances between them too, or leave it out.");
        }
    }

    private static void refuseWhatCannotGoBack(List<OperationDao.Locked> others) {
        List<String> refused = new ArrayList<>();
        for (OperationDao.Locked other : others) {
            String refusal = OperationRules.refusalToSendBack(
                    other.state(), other.rerun().property());
            if (refusal != null) {
                refused.add("%s (instance %d): %s"
                        .formatted(other.node(), other.id().value(), refusal));
            }
        }
        if (!refused.isEmpty()) {
            int more = refused.size() - NAMED;
            throw new ConflictException("Nothing was rerun. "
                    + refused.stream().limit(NAMED).collect(Collectors.joining(" "))
                    + (more > 0 ? " And %d more like this.".formatted(more) : ""));
        }
    }

    private void startOver(Handle handle, List<OperationDao.Locked> instances, InstanceEvent event, Cause cause) {
        InstanceDao dao = handle.attach(InstanceDao.class);
        Map<InstanceState, List<OperationDao.Locked>> byState =
                instances.stream().collect(Collectors.groupingBy(OperationDao.Locked::state));
        for (List<OperationDao.Locked> alike : byState.values()) {
            List<SeenInstance> moved = moves.moveAll(
                    handle, alike.stream().map(OperationDao.Locked::seen).toList(), event, cause);
            for (int i = 0; i < moved.size(); i++) {
                SeenInstance seen = moved.get(i);
                int reruns = RunnableNode.autoReruns(alike.get(i).rerun());
                OperationTransaction.requireOne(
                        dao.startGeneration(seen.id(), seen.version(), reruns, clock.instant()), seen.id());
            }
        }
    }

    private static long[] longs(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
