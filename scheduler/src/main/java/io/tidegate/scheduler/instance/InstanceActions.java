package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.instance.OperationTransaction.Asked;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.RerunProperty;
import io.tidegate.scheduler.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What users do to one instance, or to one and those that wait for it. Each is one transaction: the states, the history, the
 * audit entry, and what follows for the children.
 *
 * <p>All throw {@link NotFoundException} when there is no such instance, and {@link ConflictException} when its situation does
 * not allow it: {@link OperationRules} says which and why. A reason is the user's own words, at most 500 characters; it may be
 * empty.
 */
public final class InstanceActions {
    private final OperationTransaction transaction;
    private final DescendantReruns descendantReruns;
    private final InstantSource clock;
    private final InstanceMoves moves;
    private final InstanceOpening opening;

    public InstanceActions(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.transaction = new OperationTransaction(jdbi, audit);
        this.clock = clock;
        this.moves = new InstanceMoves(clock);
        this.opening = new InstanceOpening(moves, clock);
        this.descendantReruns = new DescendantReruns(jdbi, transaction, clock);
    }

    /** The same as {@link #rerun(InstanceId, UserId, RerunOptions, String)}, with all as it was and without a reason. */
    public void rerun(InstanceId id, UserId by) {
        rerun(id, by, RerunOptions.AS_IT_WAS, "");
    }

    /**
     * Runs it again: a new plan, and all automatic reruns again. It waits for its parents like the first time.
     *
     * @throws ConflictException also when the version it ran with does not allow reruns, or {@link DeployedVersion} cannot be
     *     given
     */
    public void rerun(InstanceId id, UserId by, RerunOptions options, String reason) {
        Map<String, Object> told = new TreeMap<>();
        if (options.addAgain()) {
            told.put("addAgain", true);
        }
        if (options.withDeployedVersion()) {
            told.put("withDeployedVersion", true);
        }
        Asked asked = Asked.of(id, by, InstanceOperation.RERUN, reason).telling(told);
        transaction.act(asked, (handle, acting) -> {
            if (!options.addAgain()) {
                OperationTransaction.refuseIfRowsWereAdded(handle, acting.instance());
            }
            if (options.withDeployedVersion()) {
                DeployedVersion.Given given = DeployedVersion.give(handle, acting.seen());
                rerun(handle, acting.seen(), given.autoReruns(), acting.cause(given.sentence()));
            } else {
                rerun(handle, acting.instance(), acting.cause(""));
            }
        });
    }

    /**
     * The same for a special reason, without adding rows a second time.
     *
     * @param action what the audit calls it
     * @param why one sentence for the time line, asked once the instance is known to be there
     */
    public void rerun(InstanceId id, UserId by, String action, Supplier<String> why) {
        transaction.act(Asked.of(id, by, InstanceOperation.RERUN, "").called(action), (handle, acting) -> {
            OperationTransaction.refuseIfRowsWereAdded(handle, acting.instance());
            rerun(handle, acting.instance(), acting.cause(why.get()));
        });
    }

    /**
     * Reruns an instance that succeeded, in the caller's transaction, because Tidegate itself has a reason to.
     *
     * @return whether its node allows it; when not, nothing was done
     */
    public boolean rerunByItself(Handle handle, InstanceId id, String action, Cause cause) {
        OperationDao.Locked instance = OperationTransaction.lock(handle, id);
        if (instance.state() != InstanceState.SUCCESS) {
            throw new ConflictException("Instance %d is %s meanwhile.".formatted(id.value(), instance.state()));
        }
        if (instance.rerun().property() != RerunProperty.ALLOWED) {
            return false;
        }
        rerun(handle, instance, cause);
        transaction.record(handle, Act.bySystem(action, "instance " + id.value()), instance, "", Map.of());
        return true;
    }

    private void rerun(Handle handle, OperationDao.Locked instance, Cause cause) {
        rerun(handle, instance.seen(), RunnableNode.autoReruns(instance.rerun()), cause);
    }

    private void rerun(Handle handle, SeenInstance seen, int autoReruns, Cause cause) {
        SeenInstance moved = moves.move(handle, seen, new InstanceEvent.RerunAsked(), cause);
        handle.attach(InstanceDao.class).startGeneration(moved.id(), moved.version(), autoReruns, clock.instant());
        opening.open(handle, List.of(moved.id()), cause.actor());
    }

    /** The instances that wait for this one, directly or through others, at most 1,000, by scheduled time. */
    public List<Descendant> descendants(InstanceId id) {
        return descendantReruns.descendants(id);
    }

    /**
     * Reruns an instance, and has instances below it wait for their parents and run again.
     *
     * @param chosen which; each must wait for the instance or for another chosen one. Null for all there are
     * @param addAgain whether those that added their rows by INSERT INTO may add them a second time
     * @throws ConflictException also when one of them is running, does not allow reruns, or there are more than 1,000
     */
    public void rerunWithDescendants(
            InstanceId id, @Nullable Collection<InstanceId> chosen, UserId by, boolean addAgain, String reason) {
        descendantReruns.rerun(id, chosen, by, addAgain, reason);
    }

    public void stop(InstanceId id, UserId by) {
        stop(id, by, "");
    }

    /**
     * Stops it: one that waits fails at once, one that runs is told to, and fails when it has ended. No automatic rerun
     * follows.
     */
    public void stop(InstanceId id, UserId by, String reason) {
        transaction.act(Asked.of(id, by, InstanceOperation.STOP, reason), (handle, acting) -> {
            if (acting.seen().state() == InstanceState.RUNNING) {
                // Asked twice is asked once.
                Instant now = clock.instant();
                handle.attach(InstanceDao.class).askToStop(id, acting.seen().version(), now, acting.userName());
                handle.attach(MoveDao.class).tell(Channels.STOP, Long.toString(id.value()));
            } else {
                moves.move(
                        handle, acting.seen(), new InstanceEvent.StopAsked(), acting.cause("Stopped before it ran."));
            }
        });
    }

    public void setSuccess(InstanceId id, UserId by) {
        setSuccess(id, by, "");
    }

    /** Declares a failed instance a success; its children go on. */
    public void setSuccess(InstanceId id, UserId by, String reason) {
        transaction.act(Asked.of(id, by, InstanceOperation.SET_SUCCESS, reason), (handle, acting) -> {
            String open = handle.attach(InstanceDao.class)
                    .openCommit(id)
                    .map(commit ->
                            "What became of upload session %s, which attempt %d was about to commit, is not known; nobody looks any more."
                                    .formatted(commit.uploadId(), commit.number()))
                    .orElse("");
            moves.move(handle, acting.seen(), new InstanceEvent.SetSuccessAsked(), acting.cause(open));
            opening.openChildrenOf(handle, List.of(id), acting.userName());
        });
    }

    /** Holds it back, wherever it waits, until somebody unfreezes it. */
    public void freeze(InstanceId id, UserId by, String reason) {
        transaction.act(Asked.of(id, by, InstanceOperation.FREEZE, reason), (handle, acting) -> {
            SeenInstance moved = moves.move(handle, acting.seen(), new InstanceEvent.FreezeAsked(), acting.cause(""));
            int frozen = handle.attach(OperationDao.class)
                    .freeze(
                            new long[] {id.value()},
                            new long[] {moved.version()},
                            acting.userName(),
                            clock.instant(),
                            acting.reason(),
                            false);
            OperationTransaction.requireOne(frozen, id);
        });
    }

    /** Lets it go on from where it stands. */
    public void unfreeze(InstanceId id, UserId by, String reason) {
        transaction.act(Asked.of(id, by, InstanceOperation.UNFREEZE, reason), (handle, acting) -> {
            SeenInstance moved = moves.move(handle, acting.seen(), new InstanceEvent.UnfreezeAsked(), acting.cause(""));
            int unfrozen =
                    handle.attach(OperationDao.class).unfreeze(new long[] {id.value()}, new long[] {moved.version()});
            OperationTransaction.requireOne(unfrozen, id);
            opening.goOn(handle, List.of(moved), acting.userName());
        });
    }

    /**
     * Lets it go without one of its parents; the node keeps its dependency, and so do its other instances.
     *
     * @throws NotFoundException also when it does not wait for that instance
     */
    public void removeDependency(InstanceId id, InstanceId parent, UserId by, String reason) {
        Asked asked =
                Asked.of(id, by, InstanceOperation.REMOVE_DEPENDENCY, reason).telling(Map.of("parent", parent.value()));
        transaction.act(asked, (handle, acting) -> {
            OperationDao dao = handle.attach(OperationDao.class);
            OperationDao.Parent found = dao.parent(id, parent)
                    .orElseThrow(() -> new NotFoundException(
                            "instance %d among the parents of instance".formatted(parent.value()), id));
            if (found.state() == InstanceState.SUCCESS) {
                throw new ConflictException("%s (instance %d) is done and holds nothing back."
                        .formatted(found.node(), found.id().value()));
            }
            String what = "No longer waits for %s (instance %d, %s)."
                    .formatted(found.node(), found.id().value(), found.scheduledLocal());
            SeenInstance moved =
                    moves.move(handle, acting.seen(), new InstanceEvent.DependencyRemoved(), acting.cause(what));
            dao.removeEdge(id, parent);
            dao.noteRemoval(id, found.nodeId(), found.scheduledTime(), acting.userName(), clock.instant());
            opening.open(handle, List.of(id), acting.userName());
            opening.goOn(handle, List.of(moved), acting.userName());
        });
    }

    /**
     * Moves it in the queue of its resource group.
     *
     * @param priority 1 to 8; the larger goes first
     */
    public void changePriority(InstanceId id, int priority, UserId by, String reason) {
        if (priority < NodeDocument.LOWEST_PRIORITY || priority > NodeDocument.HIGHEST_PRIORITY) {
            throw InvalidInputException.of(
                    "/priority",
                    priority + " is no priority.",
                    "Give %d to %d; the larger goes first."
                            .formatted(NodeDocument.LOWEST_PRIORITY, NodeDocument.HIGHEST_PRIORITY));
        }
        Asked asked =
                Asked.of(id, by, InstanceOperation.CHANGE_PRIORITY, reason).telling(Map.of("priority", priority));
        transaction.act(asked, (handle, acting) -> {
            String what =
                    "Priority %d, was %d.".formatted(priority, acting.instance().priority());
            SeenInstance moved =
                    moves.move(handle, acting.seen(), new InstanceEvent.PriorityChanged(), acting.cause(what));
            int set = handle.attach(OperationDao.class).setPriority(id, moved.version(), priority);
            OperationTransaction.requireOne(set, id);
        });
    }

    /**
     * Skips the waiting for its time, for its next attempt, and for parent nodes whose workspace makes no instances. Its
     * parents must be done.
     */
    public void runNow(InstanceId id, UserId by, String reason) {
        transaction.act(Asked.of(id, by, InstanceOperation.RUN_NOW, reason), (handle, acting) -> {
            OperationDao dao = handle.attach(OperationDao.class);
            List<String> released = dao.releaseFromUnscheduledParents(id, acting.userName(), clock.instant());
            String without = released.isEmpty()
                    ? ""
                    : "Without %s, whose workspace makes no instances.".formatted(String.join(", ", released));
            SeenInstance moved =
                    moves.move(handle, acting.seen(), new InstanceEvent.RunNowAsked(), acting.cause(without));
            int eligible = dao.becomeEligible(id, moved.version(), clock.instant());
            OperationTransaction.requireOne(eligible, id);
            opening.goOn(handle, List.of(moved), acting.userName());
        });
    }
}
