package io.tidegate.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a request's body into a record, or refuses it with the place that is wrong. */
public final class RequestBody {
    /** A node's code may be long; nothing else is. */
    public static final int BYTES_MAX = 2 << 20;

    private final ObjectMapper json;

    public RequestBody(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @throws ProblemException when it is too large, not JSON, malformed, or has a field that is unknown or of the wrong kind
     * @throws InvalidInputException when a field is missing that the record does not mark as nullable
     */
    public <T> T read(Context ctx, Class<T> type) {
        String contentType = ctx.contentType();
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new ProblemException(Problem.of(
                    415, "not-json", "Not JSON", "Send the body as JSON with Content-Type: application/json."));
        }
        byte[] body = bytes(ctx);
        if (body.length == 0) {
            throw ProblemException.badRequest("The request has no body.");
        }
        T value;
        try {
            value = json.readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new ProblemException(JsonComplaint.of(e, ""));
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory cannot fail", e);
        }
        return complete(value, "");
    }

    /** The same for a body that may be left out. */
    public <T> T readOr(Context ctx, Class<T> type, T ifAbsent) {
        boolean absent = ctx.contentLength() == 0 || (ctx.contentLength() < 0 && ctx.contentType() == null);
        return absent ? ifAbsent : read(ctx, type);
    }

    /**
     * Reads a part of a body whose type depends on another field.
     *
     * @param pointer JSON pointer to the part
     */
    public <T> T read(JsonNode part, Class<T> type, String pointer) {
        try {
            return complete(json.treeToValue(part, type), pointer);
        } catch (JsonProcessingException e) {
            throw new ProblemException(JsonComplaint.of(e, pointer));
        }
    }

    private static <T> T complete(@Nullable T value, String pointer) {
        if (value == null) {
            throw ProblemException.badRequest(pointer.isEmpty() ? "The body is null." : pointer + " is null.");
        }
        List<Finding> missing = MissingFields.of(value, pointer);
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing);
        }
        return value;
    }

    private static byte[] bytes(Context ctx) {
        try (InputStream in = ctx.req().getInputStream()) {
            // The declared length may lie or be absent, so the bytes themselves are counted.
            byte[] body = in.readNBytes(BYTES_MAX + 1);
            if (body.length > BYTES_MAX) {
                throw new ProblemException(Problem.of(
                        413, "too-large", "Too large", "A request's body has at most " + BYTES_MAX + " bytes."));
            }
            return body;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(400, "invalid-request", "Invalid request", "The request broke off while it was read."));
        }
    }
}
