package io.tidegate.web.http;

import io.javalin.http.Context;
import java.util.Map;

/** Headers of every answer. */
public final class SecurityHeaders {
    // antd puts its styles into the page at run time; scripts come from files only.
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private final boolean https;

    /** @param https whether browsers reach the server by HTTPS */
    public SecurityHeaders(boolean https) {
        this.https = https;
    }

    public void set(Context ctx) {
        ALWAYS.forEach(ctx::header);
        // Answers of the API may hold names and figures; the files of the UI set their own.
        ctx.header("Cache-Control", "no-store");
        if (https) {
            ctx.header("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
