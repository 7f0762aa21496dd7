package io.tidegate.engine.sync;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.maxcompute.BlockWriter;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.sync.Handover.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writing thread of one slice: opens blocks, sends their pages and ends them. */
final class SliceWriter implements Runnable {
    private final SliceSpec spec;
    private final Handover handover;
    private final List<Long> blocks = new ArrayList<>();
    private @Nullable UploadSession session;
    private long sendingNanos;
    private long waitedNanos;
    private volatile @Nullable BlockWriter block;
    private volatile boolean brokenOff;

    SliceWriter(SliceSpec spec, Handover handover) {
        this.spec = spec;
        this.handover = handover;
    }

    @Override
    public void run() {
        try {
            long idleSince = System.nanoTime();
            Item item = handover.take();
            while (!(item instanceof Item.BrokenOff)) {
                long begin = System.nanoTime();
                waitedNanos += begin - idleSince;
                if (item instanceof Item.EndOfSlice) {
                    handover.written();
                    return;
                }
                send(item);
                idleSince = System.nanoTime();
                sendingNanos += idleSince - begin;
                item = handover.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            handover.failed(new IllegalStateException("the thread that writes was interrupted", e));
        } catch (EngineFailure | RuntimeException | Error e) {
            handover.failed(e);
        } finally {
            closeBlock();
        }
    }

    private void send(Item item) throws EngineFailure {
        if (item instanceof Item.Page page) {
            BlockWriter opened = openedBlock();
            opened.write(page.bytes(), page.length());
            if (page.flush()) {
                opened.flush();
            }
            handover.giveBack(page.bytes());
        } else if (item instanceof Item.EndOfBlock) {
            BlockWriter ended = openedBlock();
            if (!brokenOff) {
                ended.finish();
                ended.close();
                blocks.add(nextBlockId(spec, blocks.size()));
                block = null;
            }
        }
    }

    /** Opened at the first page, so that a slice without rows costs no request. */
    private BlockWriter openedBlock() throws EngineFailure {
        BlockWriter opened = block;
        if (opened == null) {
            UploadSession attached = session;
            if (attached == null) {
                attached = UploadSession.attach(spec.target(), spec.upload().id());
                session = attached;
            }
            opened = attached.openBlock(
                    nextBlockId(spec, blocks.size()), spec.mapping().columns());
            block = opened;
            if (brokenOff) {
                opened.close();
            }
        }
        return opened;
    }

    /** The id of a slice's next block, once it has so many. */
    static long nextBlockId(SliceSpec spec, int blocks) {
        return spec.slice().number() + (long) blocks * spec.slices();
    }

    /** Called by the mapping thread: whatever the writing one is doing fails, and no block comes of it. */
    void breakOff() {
        brokenOff = true;
        handover.breakOff();
        closeBlock();
    }

    private void closeBlock() {
        BlockWriter open = block;
        if (open != null) {
            open.close();
        }
    }

    /** The ids of the blocks that are there. Asked when the thread has ended. */
    List<Long> blocks() {
        return blocks;
    }

    long sendingNanos() {
        return sendingNanos;
    }

    long waitedNanos() {
        return waitedNanos;
    }
}
