package io.tidegate.engine.runner;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunJournal.Level;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.sync.DryRun;
import io.tidegate.engine.sync.DryRunReport;
import io.tidegate.engine.sync.SyncLimits;
import io.tidegate.engine.sync.SyncRunner;
import java.time.InstantSource;

/** Runs nodes of every type. Thread-safe. */
public final class Engine implements NodeRunner {
    private final NodeRunner sync;
    private final NodeRunner sql = new SqlNodeRunner();
    private final DryRun dryRun;

    public Engine(InstantSource clock) {
        this(clock, SyncLimits.DEFAULT);
    }

    public Engine(InstantSource clock, SyncLimits limits) {
        this.sync = new SyncRunner(clock, limits);
        this.dryRun = new DryRun(clock, limits);
    }

    /**
     * Says what a batch synchronization would do, and writes nothing.
     *
     * @param journal is told the lines of the log
     * @throws EngineFailure when the copy would fail, with the reason it would give
     */
    public DryRunReport dryRun(RunRequest request, RunJournal journal, Cancellation cancellation) throws EngineFailure {
        return dryRun.run(request, journal, cancellation);
    }

    @Override
    public RunOutcome run(RunRequest request, RunJournal journal, Cancellation cancellation) {
        return switch (request.type()) {
            case BATCH_SYNC -> sync.run(request, journal, cancellation);
            case MAXCOMPUTE_SQL -> sql.run(request, journal, cancellation);
            case VIRTUAL -> {
                journal.log(Level.INFO, "A virtual node has nothing to do; the nodes behind it may start.");
                yield new RunOutcome.Succeeded(null);
            }
        };
    }
}
