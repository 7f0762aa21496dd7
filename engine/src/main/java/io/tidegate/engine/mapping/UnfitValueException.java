package io.tidegate.engine.mapping;

/** A value does not fit its column. Without stack trace: bad data may bring millions of them. */
final class UnfitValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnfitValueException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
