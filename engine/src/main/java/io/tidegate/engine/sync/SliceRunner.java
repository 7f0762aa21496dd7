package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.kafka.PartitionReader;
import io.tidegate.engine.mapping.MappingRefused;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.maxcompute.BlockWriter;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.plan.PlanSlice;
import io.tidegate.engine.receipt.RowChecksum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies one slice: reads its offsets, keeps the records of the window, maps them and writes them to one block. What comes
 * out depends on the spec alone; running it again replaces the block by the same one. It starts no thread and knows no
 * database, so that it can run anywhere.
 */
public final class SliceRunner {
    /** The service knows no higher one. */
    private static final long BLOCK_ID_MAX = 19_999;

    private final SliceSpec spec;
    private final SliceObserver observer;
    private final RowMapper mapper;
    private final @Nullable Object[] row;
    private final RowChecksum checksum = new RowChecksum();
    private final Throttle throttle;
    private final long startMillis;
    private final long endMillis;
    private final List<Long> blocks = new ArrayList<>();
    private @Nullable BlockWriter block;
    private long lastRowNanos;
    private long read;
    private long written;
    private long before;
    private long after;
    private long dirty;
    private long bytes;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;

    private SliceRunner(SliceSpec spec, SliceObserver observer, RowMapper mapper) {
        this.spec = spec;
        this.observer = observer;
        this.mapper = mapper;
        this.row = mapper.newRow();
        this.throttle = new Throttle(spec.bytesPerSecondMax());
        this.startMillis =
                spec.windowStart() == null ? Long.MIN_VALUE : spec.windowStart().toEpochMilli();
        this.endMillis =
                spec.windowEnd() == null ? Long.MAX_VALUE : spec.windowEnd().toEpochMilli();
    }

    /**
     * Copies the slice to its end.
     *
     * @throws EngineFailure of the reader, the writer or the observer; the block is then not there, or as an earlier run
     *     of the same slice left it
     */
    public static SliceResult run(SliceSpec spec, SliceObserver observer) throws EngineFailure {
        RowMapper mapper;
        try {
            mapper = RowMapper.compile(spec.mapping());
        } catch (MappingRefused e) {
            throw EngineFailure.lasting(FailureKind.BAD_DOCUMENT, String.valueOf(e.getMessage()), e);
        }
        return new SliceRunner(spec, observer, mapper).copy();
    }

    private SliceResult copy() throws EngineFailure {
        PlanSlice slice = spec.slice();
        try (PartitionReader reader =
                PartitionReader.open(spec.kafka(), spec.topic(), slice.partition(), slice.begin(), slice.end())) {
            while (!reader.atEnd()) {
                List<SourceRecord> records = reader.poll();
                long bytesBefore = bytes;
                for (SourceRecord record : records) {
                    take(record);
                }
                throttle.passed(bytes - bytesBefore);
                endIdleBlock();
                observer.advanced(counts(), reader.position());
                while (throttle.holdsBack()) {
                    observer.advanced(counts(), reader.position());
                    reader.stillWanted();
                    endIdleBlock();
                }
            }
            finishBlock();
        } finally {
            if (block != null) {
                block.close();
            }
        }
        return new SliceResult(
                slice,
                blocks,
                read,
                written,
                before,
                after,
                dirty,
                bytes,
                checksum.value(),
                written == 0 ? null : minTimestamp,
                written == 0 ? null : maxTimestamp);
    }

    private void take(SourceRecord record) throws EngineFailure {
        read++;
        bytes += record.bytes();
        if ((spec.windowStart() != null || spec.windowEnd() != null) && record.timestamp() < 0) {
            throw EngineFailure.lasting(
                    FailureKind.DATA_EXPIRED,
                    "The record at partition %d, offset %d carries no timestamp, so that nobody can say whether it belongs to the window."
                            .formatted(record.partition(), record.offset()));
        }
        if (record.timestamp() < startMillis) {
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
        openedBlock().write(row);
        checksum.add(row);
        written++;
        minTimestamp = Math.min(minTimestamp, record.timestamp());
        maxTimestamp = Math.max(maxTimestamp, record.timestamp());
    }

    /** Opened at the first row, so that a slice without rows costs no request. */
    private BlockWriter openedBlock() throws EngineFailure {
        BlockWriter opened = block;
        if (opened == null) {
            opened = UploadSession.attach(spec.target(), spec.uploadId())
                    .openBlock(nextBlockId(), spec.mapping().columns());
            block = opened;
        }
        lastRowNanos = System.nanoTime();
        return opened;
    }

    /** The service ends connections on which nothing is sent, as while records past the window are passed over. */
    private void endIdleBlock() throws EngineFailure {
        boolean idle = block != null
                && System.nanoTime() - lastRowNanos > spec.blockIdleMax().toNanos();
        if (idle && nextBlockId() + spec.slices() <= BLOCK_ID_MAX) {
            finishBlock();
        }
    }

    private void finishBlock() throws EngineFailure {
        BlockWriter finished = block;
        if (finished != null) {
            finished.finish();
            finished.close();
            blocks.add(nextBlockId());
            block = null;
        }
    }

    private long nextBlockId() {
        return spec.slice().number() + (long) blocks.size() * spec.slices();
    }

    private SliceCounts counts() {
        return new SliceCounts(read, written, before + after, dirty, bytes);
    }
}
