package io.tidegate.sandbox.maxcompute.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sandbox.maxcompute.storage.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
public final class HttpCall {
    private final Request request;
    private final Response response;
    private final String path;
    private final List<String> segments;
    private final Map<String, String> parameters;
    private final String requestId =
            UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);

    /** The prefix /api, which the service's endpoint has and the Tunnel's has not, falls away. */
    public HttpCall(Request request, Response response) {
        this.request = request;
        this.response = response;
        String whole = decoded(String.valueOf(request.getHttpURI().getPath()));
        this.path = whole.startsWith("/api/") ? whole.substring("/api".length()) : whole;
        this.parameters =
                Collections.unmodifiableMap(parsed(request.getHttpURI().getQuery()));
        this.segments = withoutSchema(List.of(path.substring(1).split("/")));
        response.getHeaders().put("x-odps-request-id", requestId);
    }

    /**
     * The schema of a table, which stands in the path or beside it, becomes one with the project:
     * {@code /projects/p/schemas/s/tables/t} is {@code /projects/p.s/tables/t}.
     */
    private List<String> withoutSchema(List<String> parts) {
        boolean inPath = parts.size() > 4
                && parts.get(2).equals("schemas")
                && parts.get(4).equals("tables");
        boolean beside = parts.size() > 2 && parts.get(2).equals("tables") && has("curr_schema");
        if (!inPath && !beside) {
            return parts;
        }
        List<String> joined = new ArrayList<>(List.of(parts.get(0)));
        joined.add(Names.namespace(parts.get(1), inPath ? parts.get(3) : parameter("curr_schema")));
        joined.addAll(parts.subList(inPath ? 4 : 2, parts.size()));
        return joined;
    }

    private static Map<String, String> parsed(@Nullable String query) {
        Map<String, String> parameters = new TreeMap<>();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                parameters.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public String method() {
        return request.getMethod();
    }

    /** Decoded, without /api. */
    public String path() {
        return path;
    }

    /** The part of the path at this place, or the empty text. */
    public String segment(int place) {
        return place < segments.size() ? segments.get(place) : "";
    }

    public int segments() {
        return segments.size();
    }

    /** By name, decoded; the value of a bare name is empty. */
    public Map<String, String> parameters() {
        return parameters;
    }

    public boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** Header names in lower case. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.put(field.getLowerCaseName(), field.getValue());
        }
        return headers;
    }

    public String requestId() {
        return requestId;
    }

    /** The body as it arrives. */
    public InputStream body() {
        return Content.Source.asInputStream(request);
    }

    public void setHeader(String name, String value) {
        response.getHeaders().put(new HttpField(name, value));
    }

    /** Answers with a whole text. */
    public void answer(int status, String contentType, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            out.write(bytes);
        }
    }

    public void xml(int status, String text) throws IOException {
        answer(status, "application/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text);
    }

    public void json(int status, String text) throws IOException {
        answer(status, "application/json", text);
    }

    /** Answers with an error, as XML, or as JSON for the Tunnel. */
    public void error(int status, String code, String message) throws IOException {
        if (tunnel()) {
            ObjectNode error = JsonNodeFactory.instance.objectNode();
            error.put("Code", code).put("Message", message).put("RequestId", requestId);
            json(status, error.toString());
        } else {
            xml(
                    status,
                    "<Error>" + Xml.element("Code", code) + Xml.element("Message", message)
                            + Xml.element("RequestId", requestId) + Xml.element("HostId", "local") + "</Error>");
        }
    }

    /** Answers 200 with a stream; the caller closes it. */
    public OutputStream stream(@Nullable String contentEncoding) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        if (contentEncoding != null) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, contentEncoding);
        }
        return Response.asBufferedOutputStream(request, response);
    }

    /**
     * Breaks the connection in the middle of a 200: to the client, the reply is lost. (Closing it before any byte would
     * not do: the JDK's client then sends the request once more by itself.)
     */
    public void breakOff() throws IOException {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 1000);
        try {
            OutputStream out = Content.Sink.asOutputStream(response);
            out.write('{');
            out.flush();
        } finally {
            request.getConnectionMetaData().getConnection().getEndPoint().close();
        }
        throw new IOException("the reply was dropped on purpose");
    }

    /** Cuts the connection without an answer. */
    public void cut() throws IOException {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        throw new IOException("the connection was cut on purpose");
    }

    /** Whether the answer has begun, so that no other can be given. */
    public boolean committed() {
        return response.isCommitted();
    }

    /** Whether the caller is the Tunnel's client, which wants errors as JSON. */
    public boolean tunnel() {
        return has("uploads")
                || has("uploadid")
                || has("downloads")
                || has("downloadid")
                || segment(segments.size() - 1).equals("streams");
    }
}
