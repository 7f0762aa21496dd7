package io.tidegate.engine.mapping;

/** A mapping that no record can be brought through. The message names the column. */
public final class MappingRefused extends Exception {
    private static final long serialVersionUID = 1L;

    MappingRefused(String message) {
        super(message);
    }
}
