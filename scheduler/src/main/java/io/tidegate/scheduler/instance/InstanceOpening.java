package io.tidegate.scheduler.instance;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Opens instances: parents done and time reached. Runs in the transaction of whatever made them ready, so that no moment
 * exists in which a parent is done and its children do not know.
 */
public final class InstanceOpening {
    /** With more children a transaction would hold too much for too long. */
    private static final int CHILDREN_AT_ONCE = 1000;

    private final InstanceMoves moves;
    private final InstantSource clock;

    public InstanceOpening(InstanceMoves moves, InstantSource clock) {
        this.moves = moves;
        this.clock = clock;
    }

    /** Opens the children of instances that have just become SUCCESS in this transaction; very many are left to the duty. */
    public void openChildrenOf(Handle handle, Collection<InstanceId> parents, String actor) {
        openNotRun(handle, children(handle, parents), actor);
    }

    private static List<Long> children(Handle handle, Collection<InstanceId> parents) {
        List<Long> children = handle.attach(MoveDao.class).childrenOf(values(parents), CHILDREN_AT_ONCE + 1);
        if (children.size() <= CHILDREN_AT_ONCE) {
            return children;
        }
        handle.attach(PendingDao.class).add(values(parents));
        return List.of();
    }

    /**
     * Opens some of the children that were left because they were too many, those that are due first.
     *
     * @return whether there may be more of them
     */
    public boolean openPending(Handle handle, String actor) {
        PendingDao dao = handle.attach(PendingDao.class);
        PendingDao.Pending pending = dao.lockOne().orElse(null);
        if (pending == null) {
            return false;
        }
        InstanceId parent = pending.parentId();
        List<PendingDao.Child> children =
                dao.children(parent, pending.afterTime(), pending.afterId(), CHILDREN_AT_ONCE);
        openNotRun(handle, children.stream().map(child -> child.id().value()).toList(), actor);
        if (children.size() < CHILDREN_AT_ONCE) {
            dao.done(parent);
        } else {
            PendingDao.Child last = children.get(children.size() - 1);
            dao.goOnAfter(parent, last.eligibleAt(), last.id().value());
        }
        return true;
    }

    /** Opens those of the given instances that are NOT_RUN and whose parents are all SUCCESS. */
    public void open(Handle handle, Collection<InstanceId> candidates, String actor) {
        openNotRun(handle, candidates.stream().map(InstanceId::value).toList(), actor);
    }

    /**
     * Opens those of instances that this transaction has made whose parents are all SUCCESS. Nobody else sees them yet, so only
     * those are locked.
     */
    public void openBorn(Handle handle, Collection<InstanceId> born, String actor) {
        openNotRun(handle, handle.attach(MoveDao.class).withAllParentsDone(values(born)), actor);
    }

    /**
     * Opens NOT_RUN instances whose parents are all SUCCESS: a backstop for edges and parents that were written side by
     * side in two transactions. Looks at some of those that wait, in the order of their ids.
     *
     * @param after the last id that was looked at; 0 to begin
     * @return the last id that was looked at, 0 when none is left
     */
    public long openWhoseParentsAreDone(Handle handle, long after, int limit, String actor) {
        List<MoveDao.NotRun> looked = handle.attach(MoveDao.class).notRun(after, limit);
        openNotRun(
                handle,
                looked.stream()
                        .filter(MoveDao.NotRun::parentsDone)
                        .map(MoveDao.NotRun::id)
                        .toList(),
                actor);
        return looked.size() < limit ? 0 : looked.get(looked.size() - 1).id();
    }

    /**
     * Sends on instances whose time has come.
     *
     * @return how many, at most {@code limit}
     */
    public int openDue(Handle handle, int limit, String actor) {
        List<MoveDao.DueInstance> due = handle.attach(MoveDao.class).due(clock.instant(), limit);
        Set<InstanceId> done = timeReached(handle, due, actor);
        if (!done.isEmpty()) {
            openChildrenOf(handle, done, actor);
        }
        return due.size();
    }

    /** When the next instance falls due that waits for its time. */
    public Optional<Instant> nextDue(Handle handle, Instant now) {
        return handle.attach(MoveDao.class).nextDue(now);
    }

    /** Sends on those of the given WAIT_TIME instances whose time has come. The caller holds their rows. */
    public void sendOnIfDue(Handle handle, Collection<InstanceId> waiting, String actor) {
        MoveDao dao = handle.attach(MoveDao.class);
        // A parent may have been rerun while they were held, or while an attempt was out that is lost now.
        long[] free = dao.withAllParentsDone(values(waiting)).stream()
                .mapToLong(Long::longValue)
                .toArray();
        Set<InstanceId> done = timeReached(handle, dao.dueAmong(free, clock.instant()), actor);
        if (!done.isEmpty()) {
            openChildrenOf(handle, done, actor);
        }
    }

    /** Lets instances go on that somebody held back: on to a slot, or, in the queue, to whoever looks for work. */
    void goOn(Handle handle, List<SeenInstance> released, String actor) {
        sendOnIfDue(
                handle,
                released.stream()
                        .filter(instance -> instance.state() == InstanceState.WAIT_TIME)
                        .map(SeenInstance::id)
                        .toList(),
                actor);
        if (released.stream().anyMatch(instance -> instance.state() == InstanceState.WAIT_RESOURCE)) {
            handle.attach(MoveDao.class).tell(Channels.WORK, "");
        }
    }

    private void openNotRun(Handle handle, Collection<Long> first, String actor) {
        MoveDao dao = handle.attach(MoveDao.class);
        Collection<Long> candidates = first;
        // Dry-run instances are done at once and open their children in turn.
        while (!candidates.isEmpty()) {
            long[] ids = candidates.stream().mapToLong(Long::longValue).toArray();
            // Lock first and look second: of two parents that finish side by side, the later one sees the earlier.
            List<SeenInstance> locked = dao.lockNotRun(ids);
            Set<Long> ready = new HashSet<>(dao.withAllParentsDone(
                    values(locked.stream().map(SeenInstance::id).toList())));
            List<SeenInstance> opened = moves.moveAll(
                    handle,
                    locked.stream().filter(s -> ready.contains(s.id().value())).toList(),
                    new InstanceEvent.ParentsDone(),
                    Cause.of(actor));
            long[] openedIds = values(opened.stream().map(SeenInstance::id).toList());
            Set<InstanceId> done = timeReached(handle, dao.dueAmong(openedIds, clock.instant()), actor);
            candidates = done.isEmpty() ? List.of() : children(handle, done);
        }
    }

    /** Returns those that are done already, because they run dry. */
    private Set<InstanceId> timeReached(Handle handle, List<MoveDao.DueInstance> due, String actor) {
        List<SeenInstance> dry = due.stream()
                .filter(MoveDao.DueInstance::dryRun)
                .map(MoveDao.DueInstance::seen)
                .toList();
        List<SeenInstance> wet = due.stream()
                .filter(d -> !d.dryRun())
                .map(MoveDao.DueInstance::seen)
                .toList();
        moves.moveAll(handle, wet, new InstanceEvent.TimeReached(), Cause.of(actor));
        if (!wet.isEmpty()) {
            handle.attach(MoveDao.class).tell(Channels.WORK, "");
        }
        return new HashSet<>(moves.moveAll(handle, dry, new InstanceEvent.DryRunDue(), Cause.of(actor)).stream()
                .map(SeenInstance::id)
                .toList());
    }

    private static long[] values(Collection<InstanceId> ids) {
        return ids.stream().mapToLong(InstanceId::value).toArray();
    }
}
