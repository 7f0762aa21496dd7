package io.tidegate.engine.sync;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.FencedException;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.PlanOutdatedException;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.Progress.Stage;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.kafka.GroupOffsets;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.maxcompute.OpenUpload;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadSession.Settled;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.ReadRange;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.sync.Planning.Planned;
import io.tidegate.engine.sync.job.JobSettings;
import io.tidegate.engine.sync.job.SyncJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a batch synchronization: plan, copy, check, prepare, commit, receipt. Nothing is visible before the commit, and the
 * commit is one step of the service.
 */
public final class SyncRunner implements NodeRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SyncRunner.class);

    private final InstantSource clock;
    private final SyncLimits limits;

    public SyncRunner(InstantSource clock, SyncLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public RunOutcome run(RunRequest request, RunJournal journal, Cancellation cancellation) {
        SyncLog log = new SyncLog(journal, request.zone());
        try {
            RunOutcome.Succeeded done = new Attempt(request, journal, cancellation, log).run();
            journal.progress(done(Objects.requireNonNull(done.receipt())));
            return done;
        } catch (StoppedException e) {
            log.warn("Stopped on request. Nothing became visible in the table.");
            return new RunOutcome.Cancelled();
        } catch (EngineFailure e) {
            LOG.debug("{} failed", request.label(), e);
            return failed(log, e.kind(), e.userMessage(), e.retryable());
        } catch (FencedException e) {
            throw e;
        } catch (PlanOutdatedException e) {
            return failed(log, FailureKind.TRANSFER, String.valueOf(e.getMessage()), true);
        } catch (RuntimeException e) {
            LOG.error("{} met a defect", request.label(), e);
            return failed(log, FailureKind.INTERNAL, "A defect of Tidegate: " + e, true);
        }
    }

    private static Progress done(Receipt receipt) {
        double bytesPerRecord = receipt.read() == 0 ? 0 : (double) receipt.bytesRead() / receipt.read();
        return new Progress(
                Stage.DONE,
                receipt.read(),
                receipt.read(),
                receipt.read(),
                receipt.written(),
                receipt.filtered(),
                receipt.dirty(),
                receipt.bytesRead(),
                receipt.recordsPerSecond(),
                receipt.recordsPerSecond() * bytesPerRecord,
                0.0);
    }

    private static RunOutcome failed(SyncLog log, FailureKind kind, String message, boolean retryable) {
        log.error(message);
        return new RunOutcome.Failed(kind, message, retryable);
    }

    /** One run of one request. */
    private final class Attempt {
        private final RunRequest request;
        private final RunJournal journal;
        private final Cancellation cancellation;
        private final SyncLog log;
        private final CancellableCalls calls;
        private final Instant startedAt = clock.instant();

        Attempt(RunRequest request, RunJournal journal, Cancellation cancellation, SyncLog log) {
            this.request = request;
            this.journal = journal;
            this.cancellation = cancellation;
            this.log = log;
            this.calls = new CancellableCalls(request.label(), cancellation);
        }

        RunOutcome.Succeeded run() throws EngineFailure, StoppedException {
            journal.progress(Progress.at(Stage.PLAN));
            JobBinding binding = calls.await(() -> JobBinding.of(request, limits.ownFiles()));
            SyncJob job = binding.job();
            UploadTarget target = binding.target();
            log.task(job.reader().topic(), binding.cluster().bootstrapServers(), target);
            job.notes().forEach(log::info);
            KafkaAccess access = binding.access(request.label(), limits);
            PreparedCommit prepared = request.prepared();
            if (prepared != null) {
                // Somebody may have dropped the partition meanwhile; the open session could then never be closed.
                makePartition(target);
                Receipt settled = settle(prepared, binding);
                if (settled != null) {
                    return new RunOutcome.Succeeded(
                            withGroupMoved(settled, job.reader().range(), access), prepared.late());
                }
            }
            Planned planned = new Planning(job.reader(), access, journal, log, calls, clock)
                    .plan(request.plan(), job.settings().concurrent());
            makePartition(target);
            UploadSession session = calls.await(() -> UploadSession.open(target));
            try (DirtyFile dirtyFile = DirtyFile.open(limits.dirtyFiles(), request.label(), log)) {
                SliceCopy copy = copy(job.settings(), binding, planned, session.upload(), dirtyFile);
                CopySums sums = new CopySums(planned.plan(), copy.run(request.label()));
                sums.check(planned.slices().size());
                double seconds = copy.seconds();
                Receipt receipt = sums.receipt(
                        target,
                        session.id(),
                        job.reader().latePolicy(),
                        job.writer().overLength().rule(),
                        startedAt,
                        clock.instant(),
                        seconds);
                log.copied(receipt, seconds);
                log.shortened(receipt);
                log.late(receipt);
                journal.progress(copy.progress(Stage.COMMIT));
                Receipt confirmed = commit(session, sums, receipt, binding);
                return new RunOutcome.Succeeded(
                        withGroupMoved(confirmed, job.reader().range(), planned.access()), sums.lateRuns());
            } catch (EngineFailure failure) {
                throw lookedAtAnew(failure);
            }
        }

        private @Nullable Receipt settle(PreparedCommit prepared, JobBinding binding)
                throws EngineFailure, StoppedException {
            try {
                return new CommitRecovery(binding.target(), binding.mapping().columns(), calls, log, clock)
                        .settle(prepared, request.rerunAsked());
            } catch (EngineFailure failure) {
                throw lookedAtAnew(failure);
            }
        }

        /**
         * What was there a moment ago and is not now, as an upload session that the service forgot: the next attempt looks
         * anew, and says so if it stays away.
         */
        private static EngineFailure lookedAtAnew(EngineFailure failure) {
            return failure.kind() == FailureKind.MISSING_OBJECT
                    ? EngineFailure.passing(failure.kind(), failure.userMessage(), failure)
                    : failure;
        }

        private void makePartition(UploadTarget target) throws EngineFailure, StoppedException {
            String partition = target.partition();
            if (partition != null && calls.await(() -> target.catalog().createPartition(target.table(), partition))) {
                log.info("Made partition %s of table %s.".formatted(partition, target.table()));
            }
        }

        /**
         * After the rows are visible a group goes on behind them. Where that fails the next attempt settles the same commit
         * again and then comes here again.
         */
        private Receipt withGroupMoved(Receipt receipt, ReadRange range, KafkaAccess access) throws EngineFailure {
            String group = range.groupId();
            if (group == null) {
                return receipt;
            }
            Map<Integer, Long> ends = new TreeMap<>();
            receipt.partitions().forEach(p -> ends.put(p.partition(), p.end()));
            try {
                log.groupMoved(group, ends, new GroupOffsets(access, group).moveOn(receipt.topic(), ends));
            } catch (EngineFailure e) {
                throw EngineFailure.passing(
                        e.kind(),
                        "The rows are visible in %s, but consumer group %s was not moved on behind them: %s The next attempt does that and copies nothing."
                                .formatted(receipt.table(), group, e.userMessage()),
                        e);
            }
            return receipt;
        }

        private SliceCopy copy(
                JobSettings settings, JobBinding binding, Planned planned, OpenUpload upload, DirtyFile dirtyFile) {
            Integer megabytes = settings.megabytesPerSecond();
            long bytesPerSecond = megabytes == null ? 0 : megabytes * 1_000_000L;
            OffsetPlan plan = planned.plan();
            List<SliceSpec> specs = planned.slices().stream()
                    .map(slice -> new SliceSpec(
                            slice,
                            planned.slices().size(),
                            plan.topic(),
                            plan.windowStart(),
                            plan.windowEnd(),
                            plan.lateFrom(slice.partition()),
                            plan.includesLate(),
                            planned.access().withClientId(planned.access().clientId() + "-slice-" + slice.number()),
                            binding.mapping(),
                            binding.target(),
                            upload,
                            limits.blockIdle()))
                    .toList();
            return new SliceCopy(
                    specs,
                    settings.concurrent(),
                    new DirtyRecords(journal, dirtyFile, settings.dirtyRecordsMax()),
                    new Throttle(bytesPerSecond, System::nanoTime),
                    limits,
                    journal,
                    cancellation);
        }

        private Receipt commit(UploadSession session, CopySums sums, Receipt receipt, JobBinding binding)
                throws EngineFailure, StoppedException {
            List<Long> blocks = calls.await(
                    () -> session.blankAllBut(sums.blocks(), binding.mapping().columns()));
            calls.stopIfAsked();
            journal.prepared(new PreparedCommit(session.id(), blocks, receipt, sums.lateRuns()));
            log.info("Committing upload session %s with %d blocks.".formatted(session.id(), blocks.size()));
            if (calls.commit(session, blocks) == Settled.GONE) {
                throw EngineFailure.passing(
                        FailureKind.TRANSFER,
                        "The service lost upload session %s before it was committed. The next attempt finds out what became of it."
                                .formatted(session.id()),
                        null);
            }
            Receipt confirmed = receipt.finishedAt(clock.instant());
            log.committed(confirmed);
            return confirmed;
        }
    }
}
