package io.tidegate.web.http;

import io.javalin.http.Context;
import io.tidegate.scheduler.user.Session;
import io.tidegate.scheduler.user.User;
import io.tidegate.scheduler.user.UserId;

/** Who is asking. Known once the request has passed the gate. */
public final class Caller {
    private static final String ATTRIBUTE = "tidegate.session";

    private Caller() {}

    public static void remember(Context ctx, Session session) {
        ctx.attribute(ATTRIBUTE, session);
    }

    public static Session session(Context ctx) {
        Session session = ctx.attribute(ATTRIBUTE);
        if (session == null) {
            // A route that is public has no business asking for this.
            throw ProblemException.notSignedIn();
        }
        return session;
    }

    public static User user(Context ctx) {
        return session(ctx).user();
    }

    public static UserId id(Context ctx) {
        return user(ctx).id();
    }
}
