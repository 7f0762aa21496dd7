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
        SyncLog log = new SyncLog(journal, request.zone());
        JobBinding binding = JobBinding.of(request, limits.ownFiles());
        UploadTarget target = binding.target();
        binding.job().notes().forEach(log::info);
        Planned planned = new Planning(
                        binding.job().reader(), binding.access(request.label(), limits), journal, log, cancellation, clock)
                .tryOut(binding.job().settings().concurrent());
        Sample sample;
        try {
            sample = RecordSample.take(planned.plan(), planned.access(), binding.mapping(), cancellation);
        } catch (StoppedException e) {
            throw EngineFailure.lasting(FailureKind.TRANSFER, "Stopped on request; nothing was written.");
        }
        MaxComputeCatalog catalog = target.catalog();
        boolean there = target.partition() == null || catalog.hasPartition(target.table(), target.partition());
        return new DryRunReport(
                planned.plan(),
                target.tableName(),
                target.partition(),
                target.mode(),
                there,
                there ? catalog.count(target.table(), target.partition()) : 0,
                mappings(binding),
                sample,
                binding.job().settings().dirtyRecordsMax());
    }

    private static List<Mapping> mappings(JobBinding binding) {
        List<Mapping> mappings = new ArrayList<>();
        for (int i = 0; i < binding.mapping().columns().size(); i++) {
            mappings.add(new Mapping(
                    binding.mapping().columns().get(i), binding.mapping().fields().get(i)));
        }
        return mappings;
    }
}
