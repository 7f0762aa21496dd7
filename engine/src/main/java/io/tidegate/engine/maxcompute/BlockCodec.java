package io.tidegate.engine.maxcompute;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;

/** How blocks are compressed on their way. The service stores them in its own form whatever is chosen here. */
public enum BlockCodec {
    /** Least work for the processor, most for the network. */
    NONE(""),
    /** Little work, and rows of JSON take about three quarters of their size. */
    LZ4("x-lz4-frame"),
    /** More work for about half of the size, where the network is what is short. */
    ZSTD("zstd");

    private final String encoding;

    BlockCodec(String encoding) {
        this.encoding = encoding;
    }

    OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            // The frame's own default of 4 MB would hold back as much of a slow block, and miss the processor's cache.
            case LZ4 -> new LZ4FrameOutputStream(out, BLOCKSIZE.SIZE_256KB, FLG.Bits.BLOCK_INDEPENDENCE);
            case ZSTD -> new ZstdOutputStream(out);
        };
    }

    /** The value of the header Content-Encoding; empty for none. */
    String encoding() {
        return encoding;
    }
}
