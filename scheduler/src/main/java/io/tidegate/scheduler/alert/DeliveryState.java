package io.tidegate.scheduler.alert;

/** How far a message got. */
public enum DeliveryState {
    /** It is to be sent, for the first time or again. */
    WAITING,
    DELIVERED,
    /** It was tried for long enough, or its channel is gone. */
    GIVEN_UP
}
