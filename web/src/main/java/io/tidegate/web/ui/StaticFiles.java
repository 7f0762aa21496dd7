package io.tidegate.web.ui;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Answers with the built browser application from the classpath. A path that is no file answers with the page itself, whose
 * router knows what to do with it. Files are read and compressed once.
 */
public final class StaticFiles {
    private static final String ROOT = "/ui/";
    private static final String INDEX = "index.html";
    private static final String NOT_BUILT = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Tidegate</title>
            <p>The browser application was not built into this server. Build it without -Dui.skip.</p></html>
            """;

    /** What the bundler gives out: no dot segments, nothing hidden, no backslash, no percent sign. */
    private static final Pattern FILE_NAME =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final Map<String, String> CONTENT_TYPES = Map.ofEntries(
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("woff2", "font/woff2"));

    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    public void answer(Context ctx) {
        String path = ctx.path().substring(1);
        Optional<StaticFile> file = find(path);
        if (file.isEmpty() && path.startsWith("assets/")) {
            // A page of an older build asks for a chunk that is gone: the page itself would be taken for a script.
            ctx.status(404).contentType("text/plain; charset=utf-8").result("There is no such file. Reload the page.");
            return;
        }
        StaticFile answer = file.or(() -> find(INDEX)).orElse(null);
        if (answer == null) {
            ctx.status(200)
                    .header("Cache-Control", "no-cache")
                    .contentType("text/html; charset=utf-8")
                    .result(NOT_BUILT);
            return;
        }
        send(ctx, answer);
    }

    private static void send(Context ctx, StaticFile file) {
        ctx.disableCompression();
        ctx.header("Cache-Control", file.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
        ctx.header("ETag", file.etag());
        ctx.header("Vary", "Accept-Encoding");
        if (file.etag().equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType(file.contentType());
        String accepted = ctx.header("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip") && file.smallerGzipped()) {
            ctx.header("Content-Encoding", "gzip").result(file.gzipped());
        } else {
            ctx.result(file.plain());
        }
    }

    private Optional<StaticFile> find(String name) {
        StaticFile known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String contentType = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (contentType == null || !FILE_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] plain = in.readAllBytes();
            StaticFile file = new StaticFile(plain, contentType, name.startsWith("assets/"));
            files.put(name, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + name + " of the UI cannot be read", e);
        }
    }
}
