package io.tidegate.scheduler.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that takes messages by HTTP, keeps them and answers what the test says. */
final class AlertPost implements AutoCloseable {
    final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String body = "{\"errcode\":0,\"code\":0}";
    private volatile Map<String, String> headers = Map.of();

    record Received(String uri, Map<String, String> headers, String body) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    AlertPost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            Map<String, String> named = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> named.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(new Received(exchange.getRequestURI().toString(), named, text));
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] answer =
                    body.replace("{uri}", exchange.getRequestURI().toString()).getBytes(UTF_8);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    /** From now on. */
    AlertPost answers(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
        return this;
    }

    AlertPost answersWith(String header, String value) {
        headers = Map.of(header, value);
        return this;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    Received last() {
        return received.get(received.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
