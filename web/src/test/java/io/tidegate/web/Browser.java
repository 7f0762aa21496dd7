package io.tidegate.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Speaks to the server as a browser does: keeps its cookie and gives back the CSRF token. */
final class Browser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String origin;
    private @Nullable String cookie;
    private @Nullable String csrf;

    Browser(int port) {
        origin = "http://127.0.0.1:" + port;
    }

    /** An answer with its body read. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (JsonProcessingException e) {
                throw new AssertionError("Not JSON: " + response.body(), e);
            }
        }
    }

    Browser signIn(String name, String password) {
        Answer answer = post("/api/v1/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
        if (answer.status() != 200) {
            throw new AssertionError("Sign-in failed: " + answer.text());
        }
        return keep(answer);
    }

    Browser keep(Answer signedIn) {
        cookie = signedIn.header("Set-Cookie").replaceAll(";.*", "");
        csrf = signedIn.json().path("csrfToken").asText();
        return this;
    }

    Browser withCookie(String value) {
        cookie = value;
        return this;
    }

    Browser withCsrf(@Nullable String token) {
        csrf = token;
        return this;
    }

    String cookie() {
        return cookie == null ? "" : cookie;
    }

    String csrf() {
        return csrf == null ? "" : csrf;
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    Answer send(String method, String path, @Nullable String body, String... headers) {
        try {
            return new Answer(HTTP.send(request(method, path, body, headers), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The lines of a stream of events, as they come. Closing it leaves. */
    HttpResponse<Stream<String>> follow(String path) {
        try {
            return HTTP.send(request("GET", path, null, "Accept", "text/event-stream"), BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest request(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (cookie != null) {
            request.setHeader("Cookie", cookie);
        }
        if (csrf != null && !method.equals("GET")) {
            request.setHeader("X-CSRF-Token", csrf);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }
}
