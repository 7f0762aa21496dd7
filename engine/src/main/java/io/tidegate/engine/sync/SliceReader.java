package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.kafka.PartitionReader;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.maxcompute.RowEncoder;
import io.tidegate.engine.plan.PlanSlice;
import io.tidegate.engine.receipt.RowChecksum;
import io.tidegate.engine.receipt.Timings;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The reading thread of one slice: reads offsets, keeps the records of the window, maps and encodes them. */
final class SliceReader {
    /** The service knows no higher one. */
    private static final long BLOCK_ID_MAX = 19_999;

    /** How many bytes pass before the speed limit is asked again: small, so that it holds over short times too. */
    private static final long THROTTLED_BYTES = 64 << 10;

    /** Rows do not wait longer than this for their page to fill, lest the service take the connection for idle. */
    private static final long FLUSH_NANOS = 15_000_000_000L;

    private static final long PAUSE_NANOS_MAX = 100_000_000L;

    private final SliceSpec spec;
    private final SliceObserver observer;
    private final RowMapper mapper;
    private final @Nullable Object[] row;
    private final Handover handover;
    private final RowEncoder encoder;
    private final RowChecksum checksum = new RowChecksum();
    private final LateRuns late;
    private final long startMillis;
    private final long endMillis;
    private int blocksEnded;
    private long lastRowNanos;
    private long pageBegunNanos;
    private boolean flushing;
    private long position;
    private long read;
    private long written;
    private long before;
    private long after;
    private long dirty;
    private long bytes;
    private long bytesBooked;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;
    private long readingNanos;
    private long throttledNanos;
    private long allNanos;

    SliceReader(SliceSpec spec, SliceObserver observer, RowMapper mapper) {
        this.spec = spec;
        this.observer = observer;
        this.mapper = mapper;
        this.row = mapper.newRow();
        this.handover = new Handover(spec.kafka().stallLimit(), this::report);
        this.encoder = new RowEncoder(
                spec.mapping().columns(), spec.upload().legacyDatetimes(), handover.firstPage(), this::turnPage);
        this.startMillis =
                spec.windowStart() == null ? Long.MIN_VALUE : spec.windowStart().toEpochMilli();
        this.endMillis =
                spec.windowEnd() == null ? Long.MAX_VALUE : spec.windowEnd().toEpochMilli();
        this.late = new LateRuns(spec.slice().partition(), spec.lateFrom());
        this.position = spec.slice().begin();
    }

    Handover handover() {
        return handover;
    }

    /**
     * Reads the slice to its end and waits until all its rows are written.
     *
     * @throws EngineFailure of the reader, the writer or the observer
     */
    void copy() throws EngineFailure {
        long begin = System.nanoTime();
        PlanSlice slice = spec.slice();
        try (PartitionReader reader =
                PartitionReader.open(spec.kafka(), spec.topic(), slice.partition(), slice.begin(), slice.end())) {
            readingNanos = System.nanoTime() - begin;
            while (!reader.atEnd()) {
                long asked = System.nanoTime();
                List<SourceRecord> records = reader.poll();
                long polled = System.nanoTime();
                readingNanos += polled - asked;
                takeAll(records, polled);
                position = reader.position();
                report();
                tendBlock();
            }
        }
        if (encoder.rows() > 0) {
            endBlock();
        }
        handover.awaitWritten();
        allNanos = System.nanoTime() - begin;
    }

    private void takeAll(List<SourceRecord> records, long polledNanos) throws EngineFailure {
        long writtenBefore = written;
        if (encoder.rows() == 0) {
            pageBegunNanos = polledNanos;
        }
        for (SourceRecord record : records) {
            take(record);
            if (bytes - bytesBooked >= THROTTLED_BYTES) {
                holdBack();
            }
        }
        if (written > writtenBefore) {
            lastRowNanos = polledNanos;
        }
    }

    private void take(SourceRecord record) throws EngineFailure {
        read++;
        bytes += record.bytes();
        position = record.offset() + 1;
        if ((spec.windowStart() != null || spec.windowEnd() != null) && record.timestamp() < 0) {
            throw EngineFailure.lasting(
                    FailureKind.DATA_EXPIRED,
                    "The record at partition %d, offset %d carries no timestamp, so that nobody can say whether it belongs to the window."
                            .formatted(record.partition(), record.offset()));
        }
        if (record.timestamp() < startMillis && leftOutAsOlder(record)) {
            before++;
            return;
        }
        if (record.timestamp() >= endMillis) {
            after++;
            return;
        }
        DirtyRecord unfit = mapper.map(record, row);
        if (unfit != null) {
            dirty++;
            observer.dirty(unfit);
            return;
        }
        encoder.write(row);
        checksum.add(row);
        written++;
        minTimestamp = Math.min(minTimestamp, record.timestamp());
        maxTimestamp = Math.max(maxTimestamp, record.timestamp());
    }

    private boolean leftOutAsOlder(SourceRecord record) {
        if (!late.reaches(record.offset())) {
            return true;
        }
        late.add(record.offset(), record.timestamp());
        return !spec.includesLate();
    }

    private void holdBack() throws EngineFailure {
        long begin = System.nanoTime();
        long until = begin + observer.passed(bytes - bytesBooked);
        bytesBooked = bytes;
        for (long now = begin; until - now > 0; now = System.nanoTime()) {
            LockSupport.parkNanos(Math.min(until - now, PAUSE_NANOS_MAX));
            if (Thread.currentThread().isInterrupted()) {
                throw Handover.interrupted();
            }
            report();
            tendBlock();
        }
        throttledNanos += System.nanoTime() - begin;
    }

    /** The service ends connections on which nothing is sent, as while records past the window are passed over. */
    private void tendBlock() throws EngineFailure {
        if (encoder.rows() == 0) {
            return;
        }
        long now = System.nanoTime();
        boolean anotherId = SliceWriter.nextBlockId(spec, blocksEnded + 1) <= BLOCK_ID_MAX;
        if (now - lastRowNanos > spec.blockIdleMax().toNanos() && anotherId) {
            endBlock();
        } else if (now - pageBegunNanos > FLUSH_NANOS) {
            flushing = true;
            encoder.turnPage();
            flushing = false;
        }
    }

    private void endBlock() throws EngineFailure {
        encoder.endBlock();
        handover.endBlock();
        blocksEnded++;
    }

    private byte[] turnPage(byte[] page, int length) throws EngineFailure {
        byte[] next = handover.turn(page, length, flushing);
        pageBegunNanos = System.nanoTime();
        return next;
    }

    private void report() throws EngineFailure {
        observer.advanced(new SliceCounts(read, written, before + after, dirty, bytes), position);
    }

    /**
     * What the copy came to, once it has ended.
     *
     * @param writer the one that wrote the rows
     */
    SliceResult result(SliceWriter writer) {
        long waited = handover.readerWaitedNanos();
        return new SliceResult(
                spec.slice(),
                writer.blocks(),
                read,
                written,
                before,
                after,
                dirty,
                bytes,
                checksum.value(),
                written == 0 ? null : minTimestamp,
                written == 0 ? null : maxTimestamp,
                mapper.shortened(),
                new Timings(
                        seconds(readingNanos),
                        seconds(allNanos - readingNanos - throttledNanos - waited),
                        seconds(waited),
                        seconds(throttledNanos),
                        seconds(writer.sendingNanos()),
                        seconds(writer.waitedNanos())),
                late.found());
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
