package io.tidegate.engine.sync.job;

import io.tidegate.engine.maxcompute.BlockCodec;
import org.jspecify.annotations.Nullable;

/**
 * How the Tunnel is used.
 *
 * @param endpoint URL of the Tunnel service in place of the data source's; null for that one
 * @param quota name of a Tunnel quota; null for the one that all share
 * @param codec how blocks are compressed
 */
public record TunnelSettings(
        @Nullable String endpoint, @Nullable String quota, BlockCodec codec) {
    /** What documents that say nothing get. */
    public static final TunnelSettings DEFAULT = new TunnelSettings(null, null, BlockCodec.LZ4);
}
