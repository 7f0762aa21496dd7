package io.tidegate.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks to a server's {@code /api/v1} as a browser does: one signed-in session. */
public final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private String csrfToken = "";

    /**
     * @param server for example {@code http://127.0.0.1:8080}
     */
    public ApiClient(URI server) {
        this.base = server.resolve("/api/v1/");
    }

    /** The server answered with a problem. */
    public static final class ProblemException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        ProblemException(String request, int status, String body) {
            super(request + " was answered with " + status + ": " + body);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** An answer with its ETag. */
    public record Tagged(JsonNode body, String etag) {}

    public void signIn(String name, String password) {
        JsonNode session =
                post("session", json.createObjectNode().put("name", name).put("password", password));
        csrfToken = session.path("csrfToken").asText();
    }

    public JsonNode get(String path) {
        return body(send("GET", path, null, null));
    }

    /** Empty when there is no such thing. */
    public Optional<JsonNode> find(String path) {
        try {
            return Optional.of(get(path));
        } catch (ProblemException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public Tagged getTagged(String path) {
        HttpResponse<String> response = send("GET", path, null, null);
        return new Tagged(
                body(response),
                response.headers()
                        .firstValue("ETag")
                        .orElseThrow(() -> new IllegalStateException(path + " has no ETag")));
    }

    public JsonNode post(String path, JsonNode body) {
        return body(send("POST", path, body, null));
    }

    public JsonNode put(String path, JsonNode body, String etag) {
        return body(send("PUT", path, body, etag));
    }

    private HttpResponse<String> send(String method, String path, @Nullable JsonNode body, @Nullable String etag) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        if (!csrfToken.isEmpty()) {
            request.header("X-CSRF-Token", csrfToken);
        }
        if (etag != null) {
            request.header("If-Match", etag);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body.toString()));
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + base.resolve(path) + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + method + " " + path, e);
        }
        if (response.statusCode() >= 400) {
            throw new ProblemException(method + " " + path, response.statusCode(), response.body());
        }
        return response;
    }

    private JsonNode body(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(response.uri() + " did not answer with JSON", e);
        }
    }
}
