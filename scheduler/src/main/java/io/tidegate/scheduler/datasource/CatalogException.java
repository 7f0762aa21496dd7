package io.tidegate.scheduler.datasource;

import org.jspecify.annotations.Nullable;

/** A cluster or project was not reached or refused; the message is for the user and holds no secret. */
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
