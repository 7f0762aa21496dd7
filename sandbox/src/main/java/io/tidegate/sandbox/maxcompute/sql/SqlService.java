package io.tidegate.sandbox.maxcompute.sql;

import io.tidegate.sandbox.maxcompute.storage.Interruption;
import io.tidegate.sandbox.maxcompute.storage.Names;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances.SqlInstance;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs instances, a few at a time. Most end before the answer to their creation leaves; the others are polled for. */
public final class SqlService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqlService.class);
    private static final int INSTANCES_MAX = 8;
    /** A client that waits polls each second; so a short statement is better answered at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SqlEngine engine;
    private final SqlInstances instances;
    private final ExecutorService workers;
    private final Map<String, Interruption> working = new ConcurrentHashMap<>();

    public SqlService(SqlEngine engine, SqlInstances instances) {
        this.engine = engine;
        this.instances = instances;
        this.workers = Executors.newFixedThreadPool(INSTANCES_MAX, work -> {
            Thread thread = new Thread(work, "maxcompute-sql");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts an instance and waits a little for its end.
     *
     * @param zone odps.sql.timezone of this statement, or null
     */
    public SqlInstance submit(String project, String task, String text, @Nullable String zone) throws SQLException {
        String id = UUID.randomUUID().toString().replace("-", "");
        SqlInstance instance = instances.start(id, project, task, text);
        Future<?> run = workers.submit(() -> run(instance, zone));
        try {
            run.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.debug("Instance {} goes on in the background", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log.error("Instance {} ended in a way nobody foresaw", id, e.getCause());
        }
        return instance;
    }

    private void run(SqlInstance instance, @Nullable String zone) {
        String id = instance.id();
        try {
            end(id, answer(instance, zone));
        } catch (SQLException | RuntimeException e) {
            log.error("Instance {} could not be ended", id, e);
        } finally {
            working.remove(id);
        }
    }

    private record End(Status status, String text, SqlEngine.@Nullable Answer answer) {}

    private End answer(SqlInstance instance, @Nullable String zone) {
        try {
            Interruption interruption = new Interruption();
            working.put(instance.id(), interruption);
            SqlEngine.Answer answer = engine.run(new SqlEngine.Request(
                    instance.project(), instance.query(), zone, "result." + Names.quoted(instance.id()), interruption));
            return new End(Status.SUCCESS, answer instanceof SqlEngine.Answer.Text text ? text.text() : "", answer);
        } catch (SqlFailure e) {
            return new End(Status.FAILED, String.valueOf(e.getMessage()), null);
        } catch (SQLException | RuntimeException e) {
            log.warn("A statement failed in a way MaxCompute has no words for: {}", instance.query(), e);
            return new End(Status.FAILED, "ODPS-0010000:System internal error - " + e.getMessage(), null);
        }
    }

    private void end(String id, End end) throws SQLException {
        if (end.answer() instanceof SqlEngine.Answer.Rows rows) {
            instances.end(id, end.status(), "", rows.columns(), rows.count());
        } else {
            instances.end(id, end.status(), end.text(), List.of(), 0);
        }
    }

    /** Ends a running instance as CANCELLED; one that has ended stays as it is. */
    public void cancel(String id) throws SQLException {
        instances.end(id, Status.CANCELLED, "ODPS-0123043: Job has been canceled", List.of(), 0);
        Interruption interruption = working.get(id);
        if (interruption != null) {
            interruption.interrupt();
        }
    }

    /** Interrupts what runs. */
    @Override
    public void close() {
        workers.shutdown();
        for (Interruption interruption : working.values()) {
            try {
                interruption.interrupt();
            } catch (SQLException e) {
                log.debug("A statement could not be interrupted", e);
            }
        }
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn(
                        "A statement still runs while the local MaxCompute stops; its instance will be shown as failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
