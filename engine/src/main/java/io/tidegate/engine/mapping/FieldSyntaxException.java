package io.tidegate.engine.mapping;

/** A source field that is not written as one. */
public final class FieldSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    FieldSyntaxException(String field, int position, String reason) {
        this("'%s', position %d: %s".formatted(field, position + 1, reason));
    }

    FieldSyntaxException(String reason) {
        super(reason);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
