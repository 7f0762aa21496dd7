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
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadSession.Settled;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlanner;
import io.tidegate.engine.plan.PlanRefused;
import io.tidegate.engine.plan.PlanSlice;
import io.tidegate.engine.plan.PlanSlicer;
import io.tidegate.engine.plan.PlannedRead;
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
            Receipt receipt = new Attempt(request, journal, cancellation, log).run();
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
            return new RunOutcome.Succeeded(receipt);
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

        Receipt run() throws EngineFailure, StoppedException, BadDocumentException, PlanRefused {
            journal.progress(Progress.at(Stage.PLAN));
            SyncJob job = SyncJobParser.parse(request.code(), request.zone());
            JobBinding binding = JobBinding.bind(job, request.dataSources());
            UploadTarget target = binding.target();
            log.task(job.reader().topic(), binding.cluster().bootstrapServers(), target);
            job.notes().forEach(log::info);
            PreparedCommit prepared = request.prepared();
            if (prepared != null) {
                Receipt settled = new CommitRecovery(target, log, clock).settle(prepared);
                if (settled != null) {
                    return settled;
                }
            }
            Planned planned = plan(job, binding);
            stopIfAsked();
            if (target.partition() != null
                    && new MaxComputeCatalog(target.connection()).createPartition(target.table(), target.partition())) {
                log.info("Made partition %s of table %s.".formatted(target.partition(), target.table()));
            }
            UploadSession session = UploadSession.open(target);
            SliceCopy copy = copy(job.settings(), binding, planned, session.id());
            CopySums sums = new CopySums(planned.plan(), copy.run(request.label()));
            sums.check(planned.slices().size());
            double seconds = copy.seconds();
            Receipt receipt = sums.receipt(target, session.id(), startedAt, clock.instant(), seconds);
            log.copied(receipt, seconds);
            journal.progress(copy.progress(Stage.COMMIT));
            return commit(session, sums, receipt, binding);
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
                PlannedRead read = OffsetPlanner.plan(reader.range(), answered.answers());
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

        private SliceCopy copy(JobSettings settings, JobBinding binding, Planned planned, String uploadId) {
            int running =
                    Math.min(settings.concurrent(), Math.max(1, planned.slices().size()));
            Integer megabytes = settings.megabytesPerSecond();
            // Each slice gets an even share, so that together they keep the limit without talking to each other.
            long bytesPerSecond = megabytes == null ? 0 : Math.max(1, megabytes * 1_000_000L / running);
            OffsetPlan plan = planned.plan();
            List<SliceSpec> specs = planned.slices().stream()
                    .map(slice -> new SliceSpec(
                            slice,
                            planned.slices().size(),
                            plan.topic(),
                            plan.windowStart(),
                            plan.windowEnd(),
                            planned.access().withClientId(planned.access().clientId() + "-slice-" + slice.number()),
                            binding.mapping(),
                            binding.target(),
                            uploadId,
                            limits.blockIdle(),
                            bytesPerSecond))
                    .toList();
            return new SliceCopy(
                    specs, settings.concurrent(), settings.dirtyRecordsMax(), limits, journal, cancellation);
        }

        private Receipt commit(UploadSession session, CopySums sums, Receipt receipt, JobBinding binding)
                throws EngineFailure, StoppedException {
            List<Long> blocks =
                    session.blankAllBut(sums.blocks(), binding.mapping().columns());
            stopIfAsked();
            journal.prepared(new PreparedCommit(session.id(), blocks, receipt));
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
