package io.tidegate.scheduler.retention;

import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a workspace keeps no longer, oldest first, in short transactions that each say in the audit trail how much went.
 * Several servers may do so at once. What has expired and is not deleted in one tick, because it is much, is in the next ones.
 */
public final class DeleteExpired {
    private static final Logger LOG = LoggerFactory.getLogger(DeleteExpired.class);
    private static final int BATCH = 500;
    /** Of each kind and workspace: one tick ends at some time, and leaves the disk to those who run. */
    private static final int BATCHES_MAX = 40;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;
    /** Of logs and dirty records the last attempt that was looked at: what one workspace keeps is in no other's way. */
    private final Map<String, Long> lookedUpTo = new ConcurrentHashMap<>();

    public DeleteExpired(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    public void tick() {
        Instant now = clock.instant();
        List<RetentionDao.Keeping> all = jdbi.withExtension(RetentionDao.class, RetentionDao::all);
        // What belongs to an instance goes with it at the latest; what has a time of its own goes first.
        deleteOfAttempts(
                "logs",
                all,
                now.minus(shortest(all, RetentionDao.Keeping::logDays)),
                (dao, after, limit) -> dao.withLogs(after, now, limit),
                RetentionDao::deleteLogs);
        deleteOfAttempts(
                "dirtyRecords",
                all,
                now.minus(shortest(all, RetentionDao.Keeping::dirtyRecordDays)),
                (dao, after, limit) -> dao.withDirtyRecords(after, now, limit),
                RetentionDao::deleteDirtyRecords);
        for (RetentionDao.Keeping workspace : all) {
            Instant before = now.minus(Duration.ofDays(workspace.instanceDays()));
            deleteInstances(workspace, before);
            // After the instances: a late record goes with its window.
            deleteWhile(workspace, "lateRecords", dao -> dao.deleteLateRecords(workspace.id(), before, BATCH));
            deleteWhile(workspace, "alerts", dao -> dao.deleteAlerts(workspace.id(), before, BATCH));
            deleteWhile(workspace, "alertDeliveries", dao -> dao.deleteDeliveries(workspace.id(), before, BATCH));
        }
    }

    private void deleteInstances(RetentionDao.Keeping workspace, Instant before) {
        for (Environment environment : Environment.values()) {
            for (InstanceState state : List.of(InstanceState.SUCCESS, InstanceState.FAILED)) {
                Instant afterTime = Instant.EPOCH;
                long afterId = 0;
                for (int i = 0; i < BATCHES_MAX; i++) {
                    Instant time = afterTime;
                    long id = afterId;
                    List<RetentionDao.Expired> expired = jdbi.withExtension(
                            RetentionDao.class,
                            dao -> dao.instances(
                                    workspace.id(), environment.name(), state.name(), before, time, id, BATCH));
                    deleteAndTell(
                            workspace,
                            "instances",
                            handle -> handle.attach(RetentionDao.class)
                                    .deleteInstances(
                                            expired.stream()
                                                    .mapToLong(RetentionDao.Expired::id)
                                                    .toArray(),
                                            before));
                    if (expired.size() < BATCH) {
                        break;
                    }
                    afterTime = expired.get(BATCH - 1).scheduledTime();
                    afterId = expired.get(BATCH - 1).id();
                }
            }
        }
    }

    private void deleteWhile(RetentionDao.Keeping workspace, String what, ToIntFunction<RetentionDao> batch) {
        for (int i = 0; i < BATCHES_MAX; i++) {
            int deleted = deleteAndTell(workspace, what, handle -> batch.applyAsInt(handle.attach(RetentionDao.class)));
            if (deleted < BATCH) {
                return;
            }
        }
    }

    @FunctionalInterface
    private interface Deletion {
        int delete(Handle handle);
    }

    private int deleteAndTell(RetentionDao.Keeping workspace, String what, Deletion deletion) {
        int deleted = jdbi.inTransaction(handle -> {
            int count = deletion.delete(handle);
            tell(handle, workspace, what, count);
            return count;
        });
        if (deleted > 0) {
            LOG.info("{} {} of workspace {} had expired and were deleted.", deleted, what, workspace.name());
        }
        return deleted;
    }

    private void tell(Handle handle, RetentionDao.Keeping workspace, String what, int count) {
        if (count > 0) {
            audit.record(
                    handle,
                    Act.bySystem("retention.delete", "workspace " + workspace.name())
                            .in(workspace.id())
                            .with(what, count));
        }
    }

    @FunctionalInterface
    private interface Question {
        List<RetentionDao.Kept> ask(RetentionDao dao, long after, int limit);
    }

    @FunctionalInterface
    private interface DeletionOfAttempts {
        int delete(RetentionDao dao, long[] attempts);
    }

    private static Duration shortest(List<RetentionDao.Keeping> all, ToIntFunction<RetentionDao.Keeping> days) {
        return Duration.ofDays(all.stream().mapToInt(days).min().orElse(0));
    }

    /**
     * @param youngest what began later is kept by every policy
     */
    private void deleteOfAttempts(
            String what,
            List<RetentionDao.Keeping> all,
            Instant youngest,
            Question question,
            DeletionOfAttempts deletion) {
        Map<Long, RetentionDao.Keeping> workspaces = all.stream()
                .collect(Collectors.toMap(
                        workspace -> workspace.id().value(), workspace -> workspace, (a, b) -> a, TreeMap::new));
        for (int i = 0; i < BATCHES_MAX; i++) {
            long after = lookedUpTo.getOrDefault(what, 0L);
            List<RetentionDao.Kept> found =
                    jdbi.withExtension(RetentionDao.class, dao -> question.ask(dao, after, BATCH));
            jdbi.useTransaction(handle -> found.stream()
                    .filter(RetentionDao.Kept::expired)
                    .collect(Collectors.groupingBy(
                            kept -> kept.workspace().value(),
                            TreeMap::new,
                            Collectors.mapping(RetentionDao.Kept::id, Collectors.toList())))
                    .forEach((workspace, attempts) -> {
                        int count = deletion.delete(
                                handle.attach(RetentionDao.class),
                                attempts.stream().mapToLong(Long::longValue).toArray());
                        RetentionDao.Keeping of = workspaces.get(workspace);
                        if (of != null) {
                            tell(handle, of, what, count);
                        }
                    }));
            if (found.size() < BATCH || !found.get(BATCH - 1).startedAt().isBefore(youngest)) {
                lookedUpTo.remove(what);
                return;
            }
            lookedUpTo.put(what, found.get(BATCH - 1).id());
        }
    }
}
