package io.tidegate.web.worker;

import io.javalin.http.Context;
import io.tidegate.scheduler.dispatch.WorkerReport;
import io.tidegate.scheduler.dispatch.Workers;
import io.tidegate.web.http.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Who runs attempts for this installation, and whether they are there. */
public final class WorkerResource {
    private final Workers workers;
    private final InstantSource clock;

    record WorkerView(
            String id,
            String name,
            String host,
            String version,
            WorkerReport.State state,
            int slots,
            int running,
            List<String> resourceGroups,
            Instant startedAt,
            Instant heartbeatAt) {
        static WorkerView of(WorkerReport worker, Instant now) {
            return new WorkerView(
                    worker.id().toString(),
                    worker.name(),
                    worker.host(),
                    worker.version(),
                    worker.stateAt(now),
                    worker.slots(),
                    worker.running(),
                    worker.resourceGroups(),
                    worker.startedAt(),
                    worker.heartbeatAt());
        }
    }

    public WorkerResource(Workers workers, InstantSource clock) {
        this.workers = workers;
        this.clock = clock;
    }

    public void list(Context ctx) {
        Instant now = clock.instant();
        ctx.json(Page.whole(workers.list(), worker -> WorkerView.of(worker, now)));
    }
}
