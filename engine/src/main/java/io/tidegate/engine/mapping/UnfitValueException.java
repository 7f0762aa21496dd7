package io.tidegate.engine.mapping;

import org.jspecify.annotations.Nullable;

/** A value does not fit its column. Without stack trace: bad data may bring millions of them. */
final class UnfitValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;
    private final @Nullable String value;

    UnfitValueException(String reason) {
        this("", reason, null);
    }

    private UnfitValueException(String path, String reason, @Nullable String value) {
        super(reason, null, false, false);
        this.path = path;
        this.reason = reason;
        this.value = value;
    }

    /**
     * The same, seen from outside of the nested value that it happened in.
     *
     * @param step how the place inside is written, as {@code [3]} or {@code .name}
     * @param inside the text of what stands there, where it is at hand
     */
    UnfitValueException at(String step, @Nullable String inside) {
        return new UnfitValueException(step + path, reason, value == null ? inside : value);
    }

    /** Why, after the place inside of a nested value. */
    String reason() {
        return path.isEmpty() ? reason : "at " + path + ": " + reason;
    }

    /** The text of the offending value inside of a nested one, or null when it is the whole value. */
    @Nullable String value() {
        return value;
    }
}
