package io.tidegate.scheduler.late;

/** How a late record stands to its window, as far as the window's newest copy has read. */
public enum LateState {
    /** The window was copied, and the record is not in it. */
    MISSING,
    /** The window was copied again since and has read it. */
    REPAIRED,
    /** It was written with the window in which it was found. */
    INCLUDED,
    /** No copied window holds its time. */
    NO_WINDOW,
    /** The window was copied from another topic of the same name: the record's topic was deleted. */
    TOPIC_GONE
}
