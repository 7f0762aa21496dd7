package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.maxcompute.RowEncoder;
import io.tidegate.engine.receipt.RowChecksum;
import io.tidegate.engine.receipt.Timings;
import org.jspecify.annotations.Nullable;

/** The mapping thread of one slice: maps and encodes the records of the window, and watches over its reader and its writer. */
final class SliceMapper {
    /** The service knows no higher one. */
    private static final long BLOCK_ID_MAX = 19_999;

    /** Rows do not wait longer than this for their page to fill, lest the service take the connection for idle. */
    private static final long FLUSH_NANOS = 15_000_000_000L;

    private final SliceSpec spec;
    private final SliceObserver observer;
    private final RowMapper mapper;
    private final @Nullable Object[] row;
    private final RecordQueue queue;
    private final Handover handover;
    private final RowEncoder encoder;
    private final RowChecksum checksum = new RowChecksum();
    private int blocksEnded;
    private long lastRowNanos;
    private long pageBegunNanos;
    private boolean flushing;
    private long position;
    private long read;
    private long filtered;
    private long bytes;
    private long written;
    private long dirty;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;
    private long allNanos;

    SliceMapper(SliceSpec spec, SliceObserver observer, RowMapper mapper, RecordQueue queue) {
        this.spec = spec;
        this.observer = observer;
        this.mapper = mapper;
        this.queue = queue;
        this.row = mapper.newRow();
        this.handover = new Handover(spec.kafka().stallLimit(), this::report);
        this.encoder = new RowEncoder(
                spec.mapping().columns(), spec.upload().legacyDatetimes(), handover.firstPage(), this::turnPage);
        this.position = spec.slice().begin();
    }

    Handover handover() {
        return handover;
    }

    /**
     * Maps what the reader brings, to the end of the slice, and waits until all its rows are written.
     *
     * @throws EngineFailure of the reader, the writer or the observer
     */
    void copy() throws EngineFailure {
        long begin = System.nanoTime();
        boolean last = false;
        while (!last) {
            RecordBatch batch = queue.take();
            if (batch != null) {
                mapAll(batch);
                last = batch.last();
            }
            report();
            tendBlock();
        }
        if (encoder.rows() > 0) {
            endBlock();
        }
        handover.awaitWritten();
        allNanos = System.nanoTime() - begin;
    }

    private void mapAll(RecordBatch batch) throws EngineFailure {
        long now = System.nanoTime();
        if (encoder.rows() == 0) {
            pageBegunNanos = now;
        }
        // Before its records are mapped, so that never more are written than were read.
        read = batch.read();
        filtered = batch.filtered();
        bytes = batch.bytes();
        long writtenBefore = written;
        for (SourceRecord record : batch.records()) {
            map(record);
        }
        if (written > writtenBefore) {
            lastRowNanos = now;
        }
        position = batch.position();
    }

    private void map(SourceRecord record) throws EngineFailure {
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
        observer.advanced(new SliceCounts(read, written, filtered, dirty, bytes), position);
    }

    /**
     * What the copy came to, once it has ended.
     *
     * @param reader the one that read the records; its thread has ended
     * @param writer the one that wrote the rows
     */
    SliceResult result(SliceReader reader, SliceWriter writer) {
        long forRecords = queue.mapperWaitedNanos();
        long forWriter = handover.mapperWaitedNanos();
        return new SliceResult(
                spec.slice(),
                writer.blocks(),
                read,
                written,
                reader.before(),
                reader.after(),
                dirty,
                bytes,
                checksum.value(),
                written == 0 ? null : minTimestamp,
                written == 0 ? null : maxTimestamp,
                mapper.shortened(),
                new Timings(
                        seconds(reader.readingNanos()),
                        seconds(allNanos - forRecords - forWriter),
                        seconds(forWriter),
                        seconds(reader.throttledNanos()),
                        seconds(writer.sendingNanos()),
                        seconds(writer.waitedNanos()),
                        seconds(queue.readerWaitedNanos()),
                        seconds(forRecords)),
                reader.lateFound());
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
