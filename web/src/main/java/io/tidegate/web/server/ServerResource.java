package io.tidegate.web.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the server is well, and what its API looks like. */
public final class ServerResource {
    private static final long ANSWER_KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final BooleanSupplier databaseAnswers;
    private final byte[] openApi;
    private @Nullable Known known;

    enum Status {
        UP,
        DOWN
    }

    record Health(Status status, Status database) {}

    private record Known(boolean databaseUp, long nanos) {}

    /** @param databaseAnswers tries the database; false when it does not answer, never an exception */
    public ServerResource(BooleanSupplier databaseAnswers) {
        this.databaseAnswers = databaseAnswers;
        this.openApi = read("/openapi.yaml");
    }

    public void health(Context ctx) {
        Status status = databaseUp() ? Status.UP : Status.DOWN;
        ctx.status(status == Status.UP ? 200 : 503).json(new Health(status, status));
    }

    public void openApi(Context ctx) {
        ctx.contentType("application/yaml").result(openApi);
    }

    /** Everybody may ask, so the database is asked at most once a second. */
    private synchronized boolean databaseUp() {
        long now = System.nanoTime();
        Known last = known;
        if (last == null || now - last.nanos() > ANSWER_KEPT_NANOS) {
            last = new Known(databaseAnswers.getAsBoolean(), now);
            known = last;
        }
        return last.databaseUp();
    }

    private static byte[] read(String resource) {
        try (InputStream in = ServerResource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the classpath");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
