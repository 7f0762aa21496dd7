package io.tidegate.web.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
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
            throw new ProblemException(malformed(e, ""));
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory cannot fail", e);
        }
        return complete(value, "");
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
            throw new ProblemException(malformed(e, pointer));
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

    private static Problem malformed(JsonProcessingException e, String prefix) {
        JsonLocation at = e.getLocation();
        Integer line = at == null || at.getLineNr() < 1 ? null : at.getLineNr();
        Integer column = at == null || at.getColumnNr() < 1 ? null : at.getColumnNr();
        String field = e instanceof JsonMappingException mapping ? prefix + pointer(mapping) : null;
        String where = line == null ? "" : " (line " + line + ", column " + column + ")";
        return Problem.of(400, "invalid-json", "Invalid JSON", explain(e, field) + where + ".")
                .at(line, column, field);
    }

    private static String explain(JsonProcessingException e, @Nullable String field) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "There is no field \"" + unknown.getPropertyName() + "\" here; known are "
                    + unknown.getKnownPropertyIds();
        }
        if (e instanceof ValueInstantiationException refused) {
            Throwable cause = refused.getCause();
            // Our records explain themselves by IllegalArgumentException; whatever else comes up is not for users.
            return cause instanceof IllegalArgumentException && cause.getMessage() != null
                    ? cause.getMessage()
                    : "A field is missing at " + (field == null ? "/" : field);
        }
        String message = e.getOriginalMessage();
        // Jackson names Java classes in what it says about values; the first sentence up to there is enough.
        return e instanceof JsonMappingException
                ? "The value" + (field == null || field.isEmpty() ? "" : " of " + field) + " is not of the right kind: "
                        + withoutClassNames(message)
                : withoutClassNames(message);
    }

    static String withoutClassNames(String message) {
        return message.replaceAll("`(?:[\\w$]+\\.)+([\\w$]+)(?:<[^`]*>)?`", "$1")
                .replaceAll("\\R.*", "")
                .strip();
    }

    private static String pointer(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            String name = step.getFieldName();
            pointer.append('/')
                    .append(
                            name == null
                                    ? Integer.toString(step.getIndex())
                                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
