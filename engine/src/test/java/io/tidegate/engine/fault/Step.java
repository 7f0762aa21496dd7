package io.tidegate.engine.fault;

import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import org.jspecify.annotations.Nullable;

/** Where an attempt is struck. */
enum Step {
    /** The plan is durable, nothing is read. */
    AFTER_PLAN(FileJournal.HOLD_PLAN, null),
    /** A block is on its way. */
    IN_BLOCK(null, Fault.Kind.HOLD_BLOCK),
    /** All blocks are there, the commit is not prepared. */
    AFTER_LAST_BLOCK(null, Fault.Kind.HOLD_LISTING),
    /** PREPARED is durable, the commit is not sent. */
    AFTER_PREPARED(FileJournal.HOLD_PREPARED, null),
    /** The commit is on its way and not done. */
    COMMIT_SENT(null, Fault.Kind.HOLD_COMMIT),
    /** The commit is done, the attempt does not know. */
    COMMIT_DONE(null, Fault.Kind.HOLD_COMMIT_REPLY);

    /** The file that halts the attempt there, when it is the journal that does. */
    final @Nullable String holdFile;

    /** The fault that halts it there, when it is the service that does. */
    final Fault.@Nullable Kind hold;

    Step(@Nullable String holdFile, Fault.@Nullable Kind hold) {
        this.holdFile = holdFile;
        this.hold = hold;
    }

    /** The file whose appearance says that the attempt stands there. */
    String reachedFile() {
        return this == AFTER_PLAN ? FileJournal.PLAN : FileJournal.PREPARED;
    }
}
