package io.tidegate.engine.sync;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.FencedException;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.Progress.Stage;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.kafka.BrokerQuestions;
import io.tidegate.engine.kafka.BrokerQuestions.Answered;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.maxcompute.OpenUpload;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadSession.Settled;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.plan.BrokerAnswers;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlanner;
import io.tidegate.engine.plan.PlanRefused;
import io.tidegate.engine.plan.PlanSlice;
import io.tidegate.engine.plan.PlanSlicer;
import io.tidegate.engine.plan.PlanWidening;
import io.tidegate.engine.plan.PlannedRead;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.sync.job.BadDocumentException;
import io.tidegate.engine.sync.job.JobSettings;
import io.tidegate.engine.sync.job.KafkaReader;
import io.tidegate.engine.sync.job.SyncJob;
import io.tidegate.engine.sync.job.SyncJobParser;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
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
            Receipt receipt = Objects.requireNonNull(done.receipt());
            journal.progress(new Progress(
                    Stage.DONE,
                    receipt.read(),
                    receipt.read(),
                    receipt.read(),
                    receipt.written(),
                    receipt.filtered(),
                    receipt.dirty(),
                    receipt.bytesRead(),
                    receipt.recordsPerSecond()));
            return done;
        } catch (StoppedException e) {
            log.warn("Stopped on request. Nothing became visible in the table.");
            return new RunOutcome.Cancelled();
        } catch (EngineFailure e) {
            LOG.debug("{} failed", request.label(), e);
            return failed(log, e.kind(), e.userMessage(), e.retryable());
        } catch (BadDocumentException e) {
            return failed(log, FailureKind.BAD_DOCUMENT, String.valueOf(e.getMessage()), false);
        } catch (PlanRefused e) {
            return failed(log, kind(e.reason()), String.valueOf(e.getMessage()), false);
        } catch (FencedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} met a defect", request.label(), e);
            return failed(log, FailureKind.INTERNAL, "A defect of Tidegate: " + e, true);
        }
    }

    private static RunOutcome failed(SyncLog log, FailureKind kind, String message, boolean retryable) {
        log.error(message);
        return new RunOutcome.Failed(kind, message, retryable);
    }

    private static FailureKind kind(PlanRefused.Reason reason) {
        return switch (reason) {
            case EXPIRED, NO_TIMESTAMPS -> FailureKind.DATA_EXPIRED;
            case TOPIC_CHANGED, NO_GROUP_OFFSET -> FailureKind.MISSING_OBJECT;
        };
    }

    /** One run of one request. */
    private final class Attempt {
        private final RunRequest request;
        private final RunJournal journal;
        private final Cancellation cancellation;
        private final SyncLog log;
        private final Instant startedAt = clock.instant();

        Attempt(RunRequest request, RunJournal journal, Cancellation cancellation, SyncLog log) {
            this.request = request;
            this.journal = journal;
            this.cancellation = cancellation;
            this.log = log;
        }

        RunOutcome.Succeeded run() throws EngineFailure, StoppedException, BadDocumentException, PlanRefused {
            journal.progress(Progress.at(Stage.PLAN));
            SyncJob job = SyncJobParser.parse(request.code(), request.zone());
            JobBinding binding = JobBinding.bind(job, request.dataSources());
            UploadTarget target = binding.target();
            log.task(job.reader().topic(), binding.cluster().bootstrapServers(), target);
            job.notes().forEach(log::info);
            PreparedCommit prepared = request.prepared();
            if (prepared != null) {
                // Somebody may have dropped the partition meanwhile; the open session could then never be closed.
                makePartition(target);
                Receipt settled = new CommitRecovery(target, binding.mapping().columns(), log, clock)
                        .settle(prepared, request.rerunAsked());
                if (settled != null) {
                    return new RunOutcome.Succeeded(settled, prepared.late());
                }
            }
            Planned planned = plan(job, binding);
            stopIfAsked();
            makePartition(target);
            UploadSession session = UploadSession.open(target);
            SliceCopy copy = copy(job.settings(), binding, planned, session.upload());
            CopySums sums = new CopySums(planned.plan(), copy.run(request.label()));
            sums.check(planned.slices().size());
            double seconds = copy.seconds();
            Receipt receipt = sums.receipt(
                    target, session.id(), job.reader().latePolicy(), startedAt, clock.instant(), seconds);
            log.copied(receipt, seconds);
            log.late(receipt);
            journal.progress(copy.progress(Stage.COMMIT));
            return new RunOutcome.Succeeded(commit(session, sums, receipt, binding), sums.lateRuns());
        }

        private void makePartition(UploadTarget target) throws EngineFailure {
            if (target.partition() != null
                    && new MaxComputeCatalog(target.connection()).createPartition(target.table(), target.partition())) {
                log.info("Made partition %s of table %s.".formatted(target.partition(), target.table()));
            }
        }

        private void stopIfAsked() throws StoppedException {
            if (cancellation.requested()) {
                throw new StoppedException();
            }
        }

        /** What is read, and how. */
        private record Planned(OffsetPlan plan, KafkaAccess access, List<PlanSlice> slices) {}

        private Planned plan(SyncJob job, JobBinding binding) throws EngineFailure, PlanRefused {
            KafkaReader reader = job.reader();
            String client =
                    reader.groupId() == null ? "tidegate-" + request.label() : reader.groupId() + "-" + request.label();
            int concurrent = job.settings().concurrent();
            KafkaAccess access = KafkaAccess.of(
                            binding.cluster(), reader.kafkaConfig(), client, reader.readCommitted(), concurrent)
                    .withStallLimit(limits.stall());
            log.range(reader.range());
            OffsetPlan frozen = request.plan();
            Answered answered = new BrokerQuestions(clock)
                    .ask(access, reader.topic(), reader.partition(), frozen == null ? reader.range() : null);
            OffsetPlan plan;
            if (frozen == null) {
                PlannedRead read = PlanWidening.widen(
                        OffsetPlanner.plan(reader.range(), answered.answers()),
                        history(reader, answered.answers()),
                        reader.latePolicy(),
                        answered.answers());
                plan = read.plan();
                journal.planned(plan);
                read.notes().forEach(log::warn);
            } else {
                refuseOtherJob(frozen, reader);
                OffsetPlanner.recheck(frozen, answered.answers());
                plan = frozen;
            }
            List<PlanSlice> slices = PlanSlicer.slice(plan, concurrent);
            log.plan(plan, frozen != null, slices.size(), concurrent);
            return new Planned(plan, answered.access(), slices);
        }

        private WindowHistory history(KafkaReader reader, BrokerAnswers answers) {
            Instant start = reader.range().windowStart();
            Instant end = reader.range().windowEnd();
            return start == null || end == null
                    ? WindowHistory.NONE
                    : journal.history(reader.topic(), answers.topicId(), start, end);
        }

        private void refuseOtherJob(OffsetPlan frozen, KafkaReader reader) throws EngineFailure {
            if (!frozen.topic().equals(reader.topic())
                    || !Objects.equals(frozen.windowStart(), reader.range().windowStart())
                    || !Objects.equals(frozen.windowEnd(), reader.range().windowEnd())) {
                throw EngineFailure.lasting(
                        FailureKind.BAD_DOCUMENT,
                        "The plan of an earlier attempt reads topic %s from %s to %s, which is not what the code says now. Rerun the instance by hand to make a new plan."
                                .formatted(frozen.topic(), frozen.windowStart(), frozen.windowEnd()));
            }
        }

        private SliceCopy copy(JobSettings settings, JobBinding binding, Planned planned, OpenUpload upload) {
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
                    settings.dirtyRecordsMax(),
                    new Throttle(bytesPerSecond, System::nanoTime),
                    limits,
                    journal,
                    cancellation);
        }

        private Receipt commit(UploadSession session, CopySums sums, Receipt receipt, JobBinding binding)
                throws EngineFailure, StoppedException {
            List<Long> blocks =
                    session.blankAllBut(sums.blocks(), binding.mapping().columns());
            stopIfAsked();
            journal.prepared(new PreparedCommit(session.id(), blocks, receipt, sums.lateRuns()));
            log.info("Committing upload session %s with %d blocks.".formatted(session.id(), blocks.size()));
            if (session.commit(blocks) == Settled.GONE) {
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
