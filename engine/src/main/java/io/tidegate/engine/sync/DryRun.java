package io.tidegate.engine.sync;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.sync.DryRunReport.Mapping;
import io.tidegate.engine.sync.DryRunReport.Sample;
import io.tidegate.engine.sync.Planning.Planned;
import io.tidegate.engine.sync.job.SyncJob;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Takes every step of a copy that can be taken without writing: connect, plan, convert some records, look at the table. */
public final class DryRun {
    private final InstantSource clock;
    private final SyncLimits limits;

    public DryRun(InstantSource clock, SyncLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * @param journal is told the lines of the log; nothing else is written down
     * @return what a copy would do now
     * @throws EngineFailure when the copy would fail, with the reason it would give; TRANSFER when it was cancelled
     */
    public DryRunReport run(RunRequest request, RunJournal journal, Cancellation cancellation) throws EngineFailure {
        try {
            return tried(request, journal, cancellation);
        } catch (StoppedException e) {
            throw EngineFailure.lasting(FailureKind.TRANSFER, "Stopped on request; nothing was written.");
        }
    }

    private DryRunReport tried(RunRequest request, RunJournal journal, Cancellation cancellation)
            throws EngineFailure, StoppedException {
        SyncLog log = new SyncLog(journal, request.zone());
        CancellableCalls calls = new CancellableCalls(request.label(), cancellation);
        JobBinding binding = calls.await(() -> JobBinding.of(request, limits.ownFiles()));
        UploadTarget target = binding.target();
        SyncJob job = binding.job();
        job.notes().forEach(log::info);
        Planned planned = new Planning(
                        job.reader(), binding.access(request.label(), limits), journal, log, calls, clock)
                .tryOut(job.settings().concurrent());
        Sample sample = RecordSample.take(planned.plan(), planned.access(), binding.mapping(), cancellation);
        MaxComputeCatalog catalog = target.catalog();
        String partition = target.partition();
        boolean there = partition == null || calls.await(() -> catalog.hasPartition(target.table(), partition));
        long rows = there ? calls.await(() -> catalog.count(target.table(), partition)) : 0;
        return new DryRunReport(
                planned.plan(),
                target.tableName(),
                partition,
                target.mode(),
                there,
                rows,
                mappings(binding),
                sample,
                job.settings().dirtyRecordsMax());
    }

    private static List<Mapping> mappings(JobBinding binding) {
        List<Mapping> mappings = new ArrayList<>();
        for (int i = 0; i < binding.mapping().columns().size(); i++) {
            mappings.add(new Mapping(
                    binding.mapping().columns().get(i),
                    binding.mapping().fields().get(i)));
        }
        return mappings;
    }
}
