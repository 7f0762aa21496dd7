package io.tidegate.web.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One operation of the API.
 *
 * @param method the HTTP method
 * @param path with parameters in braces, as {@code /nodes/{id}}
 */
public record Route(HandlerType method, String path, Access access, Handler handler) {

    /** Whether it changes something, and so needs the CSRF token. */
    public boolean changes() {
        return !method.equals(HandlerType.GET);
    }

    /** Whether a request's path is of this route's shape, whatever its method. */
    public boolean matches(String requestPath) {
        List<String> pieces = List.of(path.split("\\{[a-zA-Z]+}", -1));
        String regex = String.join("[^/]+", pieces.stream().map(Pattern::quote).toList());
        return Pattern.matches(regex + "/?", requestPath);
    }
}
