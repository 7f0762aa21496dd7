package io.tidegate.engine;

import io.tidegate.engine.RunOutcome.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The outside world, or the user's code, does not allow what was asked. The message is for the user: what happened, and
 * what can be done. Thrown by the catalogs; a {@link NodeRunner} turns it into {@link RunOutcome.Failed}.
 */
public final class EngineFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final boolean retryable;

    private EngineFailure(FailureKind kind, String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryable = retryable;
    }

    /** A failure that another attempt may not meet, as a server that is away. */
    public static EngineFailure passing(FailureKind kind, String message, @Nullable Throwable cause) {
        return new EngineFailure(kind, message, true, cause);
    }

    /** A failure that stays until somebody changes something. */
    public static EngineFailure lasting(FailureKind kind, String message) {
        return new EngineFailure(kind, message, false, null);
    }

    /** A failure that stays until somebody changes something. */
    public static EngineFailure lasting(FailureKind kind, String message, @Nullable Throwable cause) {
        return new EngineFailure(kind, message, false, cause);
    }

    public FailureKind kind() {
        return kind;
    }

    /** Whether another attempt of the same code can end otherwise. */
    public boolean retryable() {
        return retryable;
    }

    /** The message, never null. */
    public String userMessage() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }
}
