package io.tidegate.web;

/**
 * How the web server behaves.
 *
 * @param https whether browsers reach it by HTTPS (a proxy in front of it ends TLS): cookies are then Secure
 * @param streamsMax how many live streams may be open at the same time, over all sessions
 */
public record WebSettings(boolean https, int streamsMax) {
    public static final WebSettings DEFAULTS = new WebSettings(false, 200);

    public WebSettings {
        if (streamsMax < 1) {
            throw new IllegalArgumentException("streamsMax is at least 1, not " + streamsMax);
        }
    }
}
