package io.tidegate.web.session;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/** The cookie that carries a session's token: out of reach of scripts, and never sent from other sites. */
public final class SessionCookie {
    public static final String NAME = "tidegate_session";

    private static final int UNTIL_BROWSER_CLOSES = -1;
    private static final int NOW = 0;
    private static final int TOKEN_CHARACTERS_MAX = 200;

    private final boolean secure;

    /** @param secure whether browsers send it by HTTPS only */
    public SessionCookie(boolean secure) {
        this.secure = secure;
    }

    public Optional<String> token(Context ctx) {
        return Optional.ofNullable(ctx.cookie(NAME))
                .filter(token -> !token.isEmpty() && token.length() <= TOKEN_CHARACTERS_MAX);
    }

    void set(Context ctx, String token) {
        ctx.cookie(cookie(token, UNTIL_BROWSER_CLOSES));
    }

    void clear(Context ctx) {
        ctx.cookie(cookie("", NOW));
    }

    private Cookie cookie(String value, int maxAgeSeconds) {
        Cookie cookie = new Cookie(NAME, value, "/", maxAgeSeconds);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setSameSite(SameSite.STRICT);
        return cookie;
    }
}
