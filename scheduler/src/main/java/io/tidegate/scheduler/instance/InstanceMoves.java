package io.tidegate.scheduler.instance;

import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The one place where an instance's state is written, the claim apart: asks {@link InstanceTransition}, names the version
 * that was seen and notes the event, all in the caller's transaction.
 */
public final class InstanceMoves {
    private final InstantSource clock;

    public InstanceMoves(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Locks an instance until the end of the transaction.
     *
     * @throws StaleInstanceException when it is gone
     */
    public SeenInstance lock(Handle handle, InstanceId id) {
        List<SeenInstance> found = handle.attach(MoveDao.class).lock(id);
        if (found.isEmpty()) {
            throw new StaleInstanceException("Instance " + id.value() + " is gone.");
        }
        return found.get(0);
    }

    /**
     * Moves one instance.
     *
     * @return as it is now
     * @throws IllegalTransitionException when the event cannot happen in that state
     * @throws StaleInstanceException when the instance is no longer as it was seen
     */
    public SeenInstance move(Handle handle, SeenInstance seen, InstanceEvent event, Cause cause) {
        return moveAll(handle, List.of(seen), event, cause).get(0);
    }

    /**
     * Moves several instances that are all in the same state, or none.
     *
     * @return as they are now, in the same order
     * @throws IllegalTransitionException when the event cannot happen in that state
     * @throws StaleInstanceException when one of them is no longer as it was seen
     */
    public List<SeenInstance> moveAll(Handle handle, List<SeenInstance> seen, InstanceEvent event, Cause cause) {
        if (seen.isEmpty()) {
            return List.of();
        }
        InstanceState from = seen.get(0).state();
        InstanceState to =
                InstanceTransition.next(seen.get(0).id().value(), from, event).to();
        int moved = handle.attach(MoveDao.class)
                .move(
                        seen.stream().mapToLong(s -> s.id().value()).toArray(),
                        seen.stream().mapToLong(SeenInstance::version).toArray(),
                        from.name(),
                        to.name(),
                        clock.instant(),
                        event.name(),
                        cause.actor(),
                        cause.detail());
        if (moved != seen.size()) {
            throw new StaleInstanceException(
                    "%d of %d instances were no longer %s in the version that was seen, the first of them %d."
                            .formatted(
                                    seen.size() - moved,
                                    seen.size(),
                                    from,
                                    seen.get(0).id().value()));
        }
        return seen.stream()
                .map(s -> new SeenInstance(s.id(), to, s.version() + 1))
                .toList();
    }
}
