package io.tidegate.sandbox.maxcompute.tunnel;

import com.aliyun.odps.tunnel.io.CompressOption;
import com.aliyun.odps.tunnel.io.CompressOption.CompressAlgorithm;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;

/** The codecs of record streams by their names in HTTP headers. */
final class Compression {
    private Compression() {}

    static CompressOption of(String encoding) {
        return new CompressOption(algorithm(encoding), 1, 0);
    }

    private static CompressAlgorithm algorithm(String encoding) {
        return switch (encoding) {
            case "", "identity" -> CompressAlgorithm.ODPS_RAW;
            case "deflate" -> CompressAlgorithm.ODPS_ZLIB;
            case "x-snappy-framed" -> CompressAlgorithm.ODPS_SNAPPY;
            case "x-lz4-frame" -> CompressAlgorithm.ODPS_LZ4_FRAME;
            case "zstd" -> CompressAlgorithm.ODPS_ZSTD;
            default ->
                throw new RefusedException(
                        400, "InvalidContentEncoding", "The encoding '%s' is not served".formatted(encoding));
        };
    }
}
