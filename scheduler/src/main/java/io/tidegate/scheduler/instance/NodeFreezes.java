package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.Environment;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Holds nodes back in PROD: a frozen node goes on being planned, but its cycle and backfill instances are born frozen. That
 * outlives deployments.
 *
 * <p>All throw {@link NotFoundException} when there is no such node.
 */
public final class NodeFreezes {
    private static final Environment WHERE = Environment.PROD;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;
    private final InstanceMoves moves;
    private final InstanceOpening opening;

    public NodeFreezes(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
        this.moves = new InstanceMoves(clock);
        this.opening = new InstanceOpening(moves, clock);
    }

    /**
     * @param waiting whether the instances that wait now are frozen too; what runs goes on
     * @param reason the user's words, at most 500 characters; may be empty
     * @return how many instances were frozen
     * @throws ConflictException when it is the root node, not deployed, or frozen already
     */
    public int freeze(NodeId node, boolean waiting, String reason, UserId by) {
        String why = OperationTransaction.checked(reason);
        return jdbi.inTransaction(handle -> {
            NodeFreezeDao dao = handle.attach(NodeFreezeDao.class);
            NodeFreezeDao.Live live = lock(dao, node);
            if (live.root()) {
                throw new ConflictException(
                        "Every schedule of the workspace hangs on its root node: switch periodic scheduling off instead.");
            }
            if (live.frozenBy() != null) {
                throw new ConflictException("%s is frozen already, by %s since %s."
                        .formatted(
                                live.name(),
                                live.frozenBy(),
                                Objects.requireNonNull(live.frozenAt()).truncatedTo(ChronoUnit.SECONDS)));
            }
            String user = OperationTransaction.userName(handle, by);
            dao.freeze(WHERE, node, user, clock.instant(), why);
            int frozen = waiting ? freezeWaiting(handle, node, user, why) : 0;
            record(handle, by, "node.freeze", live, why, frozen);
            return frozen;
        });
    }

    /**
     * @param waiting whether the instances that were frozen with the node go on; one that was frozen by itself stays
     * @return how many instances were unfrozen
     * @throws ConflictException when it is not frozen
     */
    public int unfreeze(NodeId node, boolean waiting, String reason, UserId by) {
        String why = OperationTransaction.checked(reason);
        return jdbi.inTransaction(handle -> {
            NodeFreezeDao dao = handle.attach(NodeFreezeDao.class);
            NodeFreezeDao.Live live = lock(dao, node);
            if (live.frozenBy() == null) {
                throw new ConflictException(live.name() + " is not frozen.");
            }
            dao.unfreeze(WHERE, node);
            int unfrozen = waiting ? unfreezeWaiting(handle, node, OperationTransaction.userName(handle, by), why) : 0;
            record(handle, by, "node.unfreeze", live, why, unfrozen);
            return unfrozen;
        });
    }

    private static NodeFreezeDao.Live lock(NodeFreezeDao dao, NodeId node) {
        dao.lock(WHERE, node);
        NodeFreezeDao.Live live = dao.find(WHERE, node).orElseThrow(() -> new NotFoundException("node", node));
        if (!live.live()) {
            throw new ConflictException(live.name() + " is not deployed in PROD, so it has no instances to hold back.");
        }
        return live;
    }

    private int freezeWaiting(Handle handle, NodeId node, String user, String why) {
        List<SeenInstance> waiting = handle.attach(NodeFreezeDao.class).lockWaiting(WHERE, node);
        for (List<SeenInstance> alike : byState(waiting)) {
            List<SeenInstance> moved = moves.moveAll(
                    handle, alike, new InstanceEvent.FreezeAsked(), cause(user, "Frozen with its node.", why));
            handle.attach(OperationDao.class).freeze(ids(moved), versions(moved), user, clock.instant(), why, true);
        }
        return waiting.size();
    }

    private int unfreezeWaiting(Handle handle, NodeId node, String user, String why) {
        List<SeenInstance> frozen = handle.attach(NodeFreezeDao.class).lockFrozenWithNode(WHERE, node);
        for (List<SeenInstance> alike : byState(frozen)) {
            List<SeenInstance> moved = moves.moveAll(
                    handle, alike, new InstanceEvent.UnfreezeAsked(), cause(user, "Unfrozen with its node.", why));
            handle.attach(OperationDao.class).unfreeze(ids(moved), versions(moved));
            opening.goOn(handle, moved, user);
        }
        return frozen.size();
    }

    private void record(Handle handle, UserId by, String action, NodeFreezeDao.Live node, String why, int instances) {
        Act act =
                Act.by(by, action, "node " + node.name()).in(node.workspaceId()).with("instances", instances);
        audit.record(handle, why.isEmpty() ? act : act.with("reason", why));
    }

    private static Cause cause(String user, String what, String why) {
        return new Cause(user, why.isEmpty() ? what : what + " Reason: " + why);
    }

    private static List<List<SeenInstance>> byState(List<SeenInstance> instances) {
        Map<InstanceState, List<SeenInstance>> byState =
                instances.stream().collect(Collectors.groupingBy(SeenInstance::state));
        return List.copyOf(byState.values());
    }

    private static long[] ids(List<SeenInstance> instances) {
        return instances.stream().mapToLong(i -> i.id().value()).toArray();
    }

    private static long[] versions(List<SeenInstance> instances) {
        return instances.stream().mapToLong(SeenInstance::version).toArray();
    }
}
