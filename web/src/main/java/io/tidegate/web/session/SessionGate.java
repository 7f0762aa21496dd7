package io.tidegate.web.session;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.tidegate.scheduler.user.Session;
import io.tidegate.scheduler.user.Sessions;
import io.tidegate.web.http.Access;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.ProblemException;
import io.tidegate.web.http.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of every handler, not of paths: however a path is written, the handler that it leads to is reached only
 * through here.
 */
public final class SessionGate {
    public static final String CSRF_HEADER = "X-CSRF-Token";

    private final Sessions sessions;
    private final SessionCookie cookie;

    public SessionGate(Sessions sessions, SessionCookie cookie) {
        this.sessions = sessions;
        this.cookie = cookie;
    }

    /** The route's handler behind the gate. */
    public Handler guard(Route route) {
        return ctx -> {
            refuseOtherSites(ctx, route);
            if (route.access() != Access.PUBLIC) {
                Session session = session(ctx).orElseThrow(ProblemException::notSignedIn);
                if (route.changes() && !sameText(session.csrf(), ctx.header(CSRF_HEADER))) {
                    throw ProblemException.forged();
                }
                Caller.remember(ctx, session);
            }
            route.handler().handle(ctx);
        };
    }

    /** Whether the session of this request is still open: for lines that outlive the request. */
    public BooleanSupplier stillSignedIn(Context ctx) {
        String token = cookie.token(ctx).orElseThrow(ProblemException::notSignedIn);
        return () -> sessions.find(token).isPresent();
    }

    private Optional<Session> session(Context ctx) {
        return cookie.token(ctx).flatMap(sessions::find);
    }

    /** Signing in has no token yet to prove its origin, so the browser's own word is taken too. */
    private static void refuseOtherSites(Context ctx, Route route) {
        if (route.changes() && "cross-site".equals(ctx.header("Sec-Fetch-Site"))) {
            throw ProblemException.forged();
        }
    }

    private static boolean sameText(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
