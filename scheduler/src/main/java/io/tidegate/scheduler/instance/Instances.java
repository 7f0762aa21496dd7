package io.tidegate.scheduler.instance;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.readiness.Readiness;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What is known of instances. What users may do to them is in {@link InstanceActions}. */
public final class Instances {
    private static final int PAGE_MAX = 500;
    private static final int LOG_CHUNKS_MAX = 200;
    private static final int DIRTY_RECORDS_MAX = 1000;
    private static final int CHANGES_MAX = 1000;

    private final Jdbi jdbi;
    private final InstanceReadiness readiness;

    public Instances(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.readiness = new InstanceReadiness(clock);
    }

    /**
     * One page, newest scheduled time first.
     *
     * @param cursor the {@code next} of the page before; null for the first
     * @param limit how many at most, 1 to 500; others are taken for the nearest bound
     * @throws io.tidegate.scheduler.InvalidInputException when the cursor is none
     */
    public InstancePage list(WorkspaceId workspace, InstanceFilter filter, @Nullable String cursor, int limit) {
        int size = Math.max(1, Math.min(limit, PAGE_MAX));
        InstanceCursor after = cursor == null ? null : InstanceCursor.parse(cursor);
        List<Instance> found =
                jdbi.withHandle(handle -> new InstancePageDao(handle).page(workspace, filter, after, size + 1));
        if (found.size() <= size) {
            return new InstancePage(found, null);
        }
        Instance last = found.get(size - 1);
        return new InstancePage(
                found.subList(0, size),
                new InstanceCursor(last.scheduledTime(), last.id().value()).text());
    }

    /**
     * @throws NotFoundException when there is no such instance
     */
    public InstanceDetail get(InstanceId id) {
        return jdbi.inTransaction(handle -> {
            InstanceDao dao = handle.attach(InstanceDao.class);
            Instance instance = dao.find(id).orElseThrow(() -> new NotFoundException("instance", id));
            List<Attempt> attempts = dao.attempts(id);
            List<Relative> children = dao.children(id);
            ReadinessDao facts = handle.attach(ReadinessDao.class);
            Readiness why = readiness.of(facts, List.of(instance)).get(id);
            return new InstanceDetail(
                    instance,
                    why == null ? null : why.sentence(),
                    facts.frozen(new long[] {id.value()}).stream()
                            .findFirst()
                            .map(ReadinessDao.Frozen::fact)
                            .orElse(null),
                    operations(handle, instance, !children.isEmpty()),
                    dao.parents(id),
                    children,
                    attempts,
                    dao.events(id),
                    attempts.stream()
                            .filter(attempt -> attempt.state() == AttemptState.SUCCEEDED)
                            .findFirst()
                            .map(Attempt::receipt)
                            .orElse(null));
        });
    }

    /** For each of the instances that is not over, why it is not running and what would make it run. */
    public Map<InstanceId, Readiness> readiness(Collection<Instance> of) {
        return jdbi.withExtension(ReadinessDao.class, dao -> readiness.of(dao, of));
    }

    private static Map<InstanceOperation, @Nullable String> operations(
            Handle handle, Instance instance, boolean hasChildren) {
        return OperationRules.of(OperationTransaction.situation(
                handle,
                new SeenInstance(instance.id(), instance.state(), instance.stateVersion()),
                new InstanceFlags(instance.frozen(), instance.dryRun()),
                handle.attach(OperationDao.class).rerunProperty(instance.id()),
                hasChildren));
    }

    /**
     * What it was generated with and runs.
     *
     * @throws NotFoundException when there is no such instance
     */
    public NodeDocument document(InstanceId id) {
        return jdbi.withExtension(
                InstanceDao.class,
                dao -> dao.pinned(id)
                        .orElseThrow(() -> new NotFoundException("instance", id))
                        .document());
    }

    /** Its history, oldest first. */
    public List<InstanceHistory> events(InstanceId id) {
        return jdbi.withExtension(InstanceDao.class, dao -> dao.events(id));
    }

    /** Its attempts, newest first. */
    public List<Attempt> attempts(InstanceId id) {
        return jdbi.withExtension(InstanceDao.class, dao -> dao.attempts(id));
    }

    /**
     * @throws NotFoundException when there is no such attempt
     */
    public Attempt attempt(AttemptId id) {
        return jdbi.withExtension(
                InstanceDao.class, dao -> dao.attempt(id).orElseThrow(() -> new NotFoundException("attempt", id)));
    }

    /**
     * The log after a chunk, a few megabytes at most.
     *
     * @param after number of the last chunk that is known; 0 for none
     * @throws NotFoundException when there is no such attempt
     */
    public AttemptLog log(AttemptId attempt, int after) {
        return jdbi.withExtension(InstanceDao.class, dao -> {
            // State first: an attempt that was over before the read has no chunk that the read could miss.
            Attempt found = dao.attempt(attempt).orElseThrow(() -> new NotFoundException("attempt", attempt));
            List<AttemptLog.Chunk> chunks = dao.log(attempt, after, LOG_CHUNKS_MAX);
            return new AttemptLog(chunks, found.state() != AttemptState.RUNNING && chunks.size() < LOG_CHUNKS_MAX);
        });
    }

    /**
     * Records that were left out, in the order they were met, at most 1,000.
     *
     * @param after how many to leave out from the front
     */
    public List<DirtyRecord> dirtyRecords(AttemptId attempt, int after) {
        return jdbi.withExtension(InstanceDao.class, dao -> dao.dirtyRecords(attempt, after, DIRTY_RECORDS_MAX));
    }

    /** Where to begin to ask for changes. */
    public long newestChange() {
        return jdbi.withExtension(InstanceDao.class, InstanceDao::newestEvent);
    }

    /** What changed in a workspace since {@code after}. A hint for screens: they read the instances anew. */
    public InstanceChanges changedAfter(WorkspaceId workspace, long after) {
        return jdbi.withExtension(InstanceDao.class, dao -> {
            long upTo = dao.newestEvent();
            return new InstanceChanges(
                    upTo == after ? List.of() : dao.changedAfter(workspace, after, CHANGES_MAX), upTo);
        });
    }
}
