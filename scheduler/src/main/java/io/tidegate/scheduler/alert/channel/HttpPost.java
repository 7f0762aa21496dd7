package io.tidegate.scheduler.alert.channel;

import io.tidegate.scheduler.alert.channel.AddressGuard.ForbiddenAddressException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST by HTTP/1.1 on a connection of its own to an address that the guard has seen. The JDK's client resolves names by
 * itself, so it might connect to another address than the one that was checked. Redirects are not followed.
 */
final class HttpPost {
    private static final Duration LIFE_MAX = Duration.ofSeconds(20);
    private static final int HEADER_BYTES_MAX = 32 << 10;
    private static final int BODY_BYTES_MAX = 64 << 10;

    private final AddressGuard guard;
    private final SSLSocketFactory encryption;

    /** @param encryption knows whose certificates are trusted */
    HttpPost(AddressGuard guard, SSLSocketFactory encryption) {
        this.guard = guard;
        this.encryption = encryption;
    }

    /** @param body at most 64 KB of it, in UTF-8 */
    record Response(int status, String body) {}

    /**
     * @param url with a host; http or https
     * @param headers besides those that the protocol wants
     */
    Response send(URI url, Map<String, String> headers, byte[] body) throws IOException, ForbiddenAddressException {
        boolean tls = url.getScheme().equalsIgnoreCase("https");
        String host = url.getHost();
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        InetAddress address = guard.resolve(host.replaceAll("^\\[|]$", ""));
        try (GuardedSocket connection = GuardedSocket.open(address, host, port, tls ? encryption : null, LIFE_MAX)) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head(url, host, headers, body.length).getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(body);
            connection.socket().getOutputStream().write(request.toByteArray());
            connection.socket().getOutputStream().flush();
            return read(new BufferedInputStream(connection.socket().getInputStream()));
        }
    }

    private static String head(URI url, String host, Map<String, String> headers, int length) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Host", url.getPort() < 0 ? host : host + ":" + url.getPort());
        all.put("Content-Type", "application/json; charset=utf-8");
        all.put("Content-Length", Integer.toString(length));
        all.put("User-Agent", "Tidegate");
        all.put("Connection", "close");
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static Response read(InputStream in) throws IOException {
        int[] left = {HEADER_BYTES_MAX};
        while (true) {
            String status = line(in, left);
            if (!status.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
                throw new IOException("the answer is not HTTP/1.1");
            }
            int code = Integer.parseInt(status.substring(9, 12));
            Map<String, String> headers = headers(in, left);
            // Below 200 it is an interim answer, and the real one follows.
            if (code >= 200) {
                return new Response(code, new String(body(in, code, headers), StandardCharsets.UTF_8));
            }
        }
    }

    private static Map<String, String> headers(InputStream in, int[] left) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static byte[] body(InputStream in, int code, Map<String, String> headers) throws IOException {
        if (code == 204 || code == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("Transfer-Encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            return chunks(in);
        }
        String length = headers.get("Content-Length");
        if (length == null || !length.matches("\\d{1,15}")) {
            return in.readNBytes(BODY_BYTES_MAX);
        }
        return in.readNBytes((int) Math.min(Long.parseLong(length), BODY_BYTES_MAX));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < BODY_BYTES_MAX) {
            String size = line(in, new int[] {1024}).replaceAll(";.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,7}")) {
                throw new IOException("the answer's chunks are malformed");
            }
            int bytes = Integer.parseInt(size, 16);
            if (bytes == 0) {
                break;
            }
            body.writeBytes(in.readNBytes(Math.min(bytes, BODY_BYTES_MAX)));
            line(in, new int[] {1024});
        }
        return body.toByteArray();
    }

    /** Up to the line end, which is taken away. */
    private static String line(InputStream in, int[] left) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection was closed before the answer was complete");
            }
            if (--left[0] < 0) {
                throw new IOException("the answer's header is too long");
            }
            line.append((char) b);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
}
