package io.tidegate.scheduler.instance;

import java.util.List;

/**
 * A part of an attempt's log.
 *
 * @param complete no more will follow the last chunk
 */
public record AttemptLog(List<Chunk> chunks, boolean complete) {
    public AttemptLog {
        chunks = List.copyOf(chunks);
    }

    /**
     * @param number ascending, with gaps where the middle of a very long log was cut
     * @param text whole lines
     */
    public record Chunk(int number, String text) {}
}
