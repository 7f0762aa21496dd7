package io.tidegate.web.http;

import io.javalin.http.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The revision of something that is edited, as an entity tag. */
public final class ETag {
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    private ETag() {}

    public static void set(Context ctx, long revision) {
        ctx.header("ETag", "\"" + revision + "\"");
    }

    /**
     * The revision that the request was made for.
     *
     * @throws ProblemException 428 when it does not say, 400 when it is no tag of ours
     */
    public static long ifMatch(Context ctx) {
        String text = ctx.header("If-Match");
        if (text == null || text.isBlank()) {
            throw ProblemException.ifMatchMissing();
        }
        // A proxy that compresses answers may have made the tag a weak one; the revision in it is the same.
        Matcher tag = TAG.matcher(text.strip());
        if (!tag.matches()) {
            throw ProblemException.badRequest(
                    "If-Match is the ETag of what was edited, as \"3\"; " + text.strip() + " is not.");
        }
        return Long.parseLong(tag.group(1));
    }
}
