package io.tidegate.engine.maxcompute;

import com.aliyun.odps.tunnel.io.CompressOption;
import com.aliyun.odps.tunnel.io.CompressOption.CompressAlgorithm;

/** How blocks are compressed on their way. The service stores them in its own form whatever is chosen here. */
public enum BlockCodec {
    /** Least work for the processor, most for the network. */
    NONE(CompressAlgorithm.ODPS_RAW, ""),
    /** Little work, and rows of JSON take about three quarters of their size. */
    LZ4(CompressAlgorithm.ODPS_LZ4_FRAME, "x-lz4-frame"),
    /** More work for about half of the size, where the network is what is short. */
    ZSTD(CompressAlgorithm.ODPS_ZSTD, "zstd");

    private final CompressAlgorithm algorithm;
    private final String encoding;

    BlockCodec(CompressAlgorithm algorithm, String encoding) {
        this.algorithm = algorithm;
        this.encoding = encoding;
    }

    CompressOption option() {
        return new CompressOption(algorithm, 1, 0);
    }

    /** The value of the header Content-Encoding; empty for none. */
    String encoding() {
        return encoding;
    }
}
