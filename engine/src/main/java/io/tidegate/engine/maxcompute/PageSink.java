package io.tidegate.engine.maxcompute;

import io.tidegate.engine.EngineFailure;

/** Takes the pages that a {@link RowEncoder} fills. */
@FunctionalInterface
public interface PageSink {
    /**
     * Takes a page and gives an empty one for what follows. May wait until there is one.
     *
     * @param page the page; it belongs to the sink from now on
     * @param length how many of its bytes count
     * @return another page, at least {@link RowEncoder#PAGE_BYTES_MIN} long
     * @throws EngineFailure when nothing more is taken
     */
    byte[] turn(byte[] page, int length) throws EngineFailure;
}
