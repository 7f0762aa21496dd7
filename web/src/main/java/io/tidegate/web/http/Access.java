package io.tidegate.web.http;

/** Who may ask. A route that does not say is {@link #SIGNED_IN}. */
public enum Access {
    /** Everybody. */
    PUBLIC,
    /** Whoever has a session; a change also needs the session's CSRF token. */
    SIGNED_IN
}
