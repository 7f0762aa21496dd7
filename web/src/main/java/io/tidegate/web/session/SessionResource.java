package io.tidegate.web.session;

import io.javalin.http.Context;
import io.tidegate.scheduler.user.LoginThrottledException;
import io.tidegate.scheduler.user.Session;
import io.tidegate.scheduler.user.SessionToken;
import io.tidegate.scheduler.user.Sessions;
import io.tidegate.scheduler.user.User;
import io.tidegate.scheduler.user.Users;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Problem;
import io.tidegate.web.http.ProblemException;
import io.tidegate.web.http.RequestBody;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Signing in and out. */
public final class SessionResource {
    private final Users users;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final RequestBody body;
    private final AddressThrottle throttle;

    record SignIn(String name, String password) {
        @Override
        public String toString() {
            return "SignIn[" + name + "]";
        }
    }

    record UserView(String name) {}

    record SessionView(UserView user, String csrfToken) {}

    public SessionResource(
            Users users, Sessions sessions, SessionCookie cookie, RequestBody body, InstantSource clock) {
        this.users = users;
        this.sessions = sessions;
        this.cookie = cookie;
        this.body = body;
        this.throttle = new AddressThrottle(clock);
    }

    public void get(Context ctx) {
        Session session = Caller.session(ctx);
        ctx.json(view(session.user(), session.csrf()));
    }

    public void signIn(Context ctx) {
        SignIn wanted = body.read(ctx, SignIn.class);
        throttle.waitOf(ctx.ip()).ifPresent(wait -> {
            throw throttled("Too many failed sign-ins from this address.", wait);
        });
        User user = authenticate(wanted).orElseThrow(() -> {
            throttle.failed(ctx.ip());
            return new ProblemException(
                    Problem.of(401, "sign-in", "Wrong name or password", "The name or the password is wrong."));
        });
        // A session that the browser still has is not taken over but ended: the new one gets a token of its own.
        cookie.token(ctx).ifPresent(sessions::close);
        SessionToken opened = sessions.open(user);
        cookie.set(ctx, opened.token());
        ctx.json(view(user, opened.csrf()));
    }

    public void signOut(Context ctx) {
        cookie.token(ctx).ifPresent(sessions::close);
        cookie.clear(ctx);
        ctx.status(204);
    }

    private Optional<User> authenticate(SignIn wanted) {
        try {
            return users.authenticate(wanted.name(), wanted.password());
        } catch (LoginThrottledException e) {
            throw throttled("Too many failed sign-ins for this name.", e.retryAfter());
        }
    }

    private static ProblemException throttled(String detail, Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        return new ProblemException(
                Problem.of(429, "throttled", "Too many failed sign-ins", detail),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    private static SessionView view(User user, String csrf) {
        return new SessionView(new UserView(user.name()), csrf);
    }
}
