package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.node.RerunProperty;
import io.tidegate.scheduler.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What users do to instances. Each is audited in the transaction that does it.
 *
 * <p>All throw {@link NotFoundException} when there is no such instance, and {@link ConflictException} when its state does not
 * allow it.
 */
public final class InstanceActions {
    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;
    private final InstanceMoves moves;
    private final InstanceOpening opening;

    public InstanceActions(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
        this.moves = new InstanceMoves(clock);
        this.opening = new InstanceOpening(moves, clock);
    }

    /** The same as {@link #rerun(InstanceId, UserId, boolean)}, for rows that are not to be added a second time. */
    public void rerun(InstanceId id, UserId by) {
        rerun(id, by, false);
    }

    /**
     * Runs it again, with the version and parameters it was generated with: a new plan, and all automatic reruns again. It
     * waits for its parents like the first time.
     *
     * @param addAgain whether an instance that added its rows by INSERT INTO may add them a second time
     * @throws ConflictException also when the node does not allow reruns
     */
    public void rerun(InstanceId id, UserId by, boolean addAgain) {
        rerun(id, by, "instance.rerun", addAgain, () -> "");
    }

    /**
     * The same for a special reason, without adding rows a second time.
     *
     * @param action what the audit calls it
     * @param why one sentence for the time line, asked once the instance is known to be there
     */
    public void rerun(InstanceId id, UserId by, String action, Supplier<String> why) {
        rerun(id, by, action, false, why);
    }

    private void rerun(InstanceId id, UserId by, String action, boolean addAgain, Supplier<String> why) {
        act(id, by, action, (handle, acting) -> {
            String detail = why.get();
            refuseUnlessRerunnable(acting);
            if (!addAgain && acting.seen().state() == InstanceState.SUCCESS) {
                refuseIfRowsWereAdded(handle, id);
            }
            rerun(handle, acting.seen(), acting.pinned(), new Cause(acting.userName(), detail));
        });
    }

    /**
     * Reruns an instance that succeeded, in the caller's transaction, because Tidegate itself has a reason to.
     *
     * @return whether its node allows it; when not, nothing was done
     */
    public boolean rerunByItself(Handle handle, InstanceId id, String action, Cause cause) {
        InstanceDao dao = handle.attach(InstanceDao.class);
        InstanceDao.Pinned pinned = dao.pinned(id).orElseThrow(() -> new NotFoundException("instance", id));
        SeenInstance seen = moves.lock(handle, id);
        if (seen.state() != InstanceState.SUCCESS) {
            throw new ConflictException("Instance %d is %s meanwhile.".formatted(id.value(), seen.state()));
        }
        if (pinned.document().rerun().property() != RerunProperty.ALLOWED) {
            return false;
        }
        rerun(handle, seen, pinned, cause);
        audit.record(
                handle,
                Act.bySystem(action, "instance " + id.value())
                        .in(pinned.workspaceId())
                        .with("state", seen.state()));
        return true;
    }

    private void rerun(Handle handle, SeenInstance seen, InstanceDao.Pinned pinned, Cause cause) {
        SeenInstance moved = moves.move(handle, seen, new InstanceEvent.RerunAsked(), cause);
        handle.attach(InstanceDao.class)
                .startGeneration(
                        seen.id(),
                        moved.version(),
                        RunnableNode.autoReruns(pinned.document().rerun()),
                        clock.instant());
        opening.open(handle, List.of(seen.id()), cause.actor());
    }

    /**
     * Stops it: one that waits fails at once, one that runs is told to, and fails when it has ended. No automatic rerun
     * follows.
     */
    public void stop(InstanceId id, UserId by) {
        act(id, by, "instance.stop", (handle, acting) -> {
            if (acting.seen().state() == InstanceState.RUNNING) {
                // Asked twice is asked once.
                Instant now = clock.instant();
                handle.attach(InstanceDao.class).askToStop(id, acting.seen().version(), now, acting.userName());
                handle.attach(MoveDao.class).tell(Channels.STOP, Long.toString(id.value()));
            } else {
                moves.move(
                        handle,
                        acting.seen(),
                        new InstanceEvent.StopAsked(),
                        new Cause(acting.userName(), "Stopped before it ran."));
            }
        });
    }

    /** Declares a failed instance a success; its children go on. */
    public void setSuccess(InstanceId id, UserId by) {
        act(id, by, "instance.set-success", (handle, acting) -> {
            Cause cause = handle.attach(InstanceDao.class)
                    .openCommit(id)
                    .map(open -> new Cause(
                            acting.userName(),
                            "What became of upload session %s, which attempt %d was about to commit, is not known; nobody looks any more."
                                    .formatted(open.uploadId(), open.number())))
                    .orElse(Cause.of(acting.userName()));
            moves.move(handle, acting.seen(), new InstanceEvent.SetSuccessAsked(), cause);
            opening.openChildrenOf(handle, List.of(id), acting.userName());
        });
    }

    private record Acting(SeenInstance seen, InstanceDao.Pinned pinned, String userName) {}

    @FunctionalInterface
    private interface Deed {
        void on(Handle handle, Acting acting);
    }

    private void act(InstanceId id, UserId by, String action, Deed deed) {
        try {
            jdbi.useTransaction(handle -> {
                InstanceDao dao = handle.attach(InstanceDao.class);
                InstanceDao.Pinned pinned = dao.pinned(id).orElseThrow(() -> new NotFoundException("instance", id));
                SeenInstance seen = moves.lock(handle, id);
                String user = dao.userName(by).orElseThrow(() -> new NotFoundException("user", by));
                deed.on(handle, new Acting(seen, pinned, user));
                audit.record(
                        handle,
                        Act.by(by, action, "instance " + id.value())
                                .in(pinned.workspaceId())
                                .with("state", seen.state()));
            });
        } catch (IllegalTransitionException | StaleInstanceException e) {
            throw new ConflictException(String.valueOf(e.getMessage()));
        }
    }

    private static void refuseIfRowsWereAdded(Handle handle, InstanceId id) {
        if (handle.attach(InstanceDao.class).addedRows(id)) {
            throw new ConflictException(
                    "Instance %d has added its rows by INSERT INTO; a rerun adds them a second time. Confirm that with addAgain=true, or have the node overwrite its partition."
                            .formatted(id.value()));
        }
    }

    private static void refuseUnlessRerunnable(Acting acting) {
        RerunProperty property = acting.pinned().document().rerun().property();
        boolean succeeded = acting.seen().state() == InstanceState.SUCCESS;
        if (property == RerunProperty.DENIED || (property == RerunProperty.FAILURE_ONLY && succeeded)) {
            throw new ConflictException("The node's rerun property is %s, so an instance in %s cannot be rerun."
                    .formatted(property, acting.seen().state()));
        }
    }
}
