package io.tidegate.engine;

/** Asked often by a running attempt; once true it stays true. */
@FunctionalInterface
public interface Cancellation {
    Cancellation NEVER = () -> false;

    boolean requested();
}
