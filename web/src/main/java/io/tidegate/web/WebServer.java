package io.tidegate.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.json.JavalinJackson;
import io.javalin.router.Endpoint;
import io.tidegate.web.http.Json;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.Route;
import io.tidegate.web.http.SecurityHeaders;
import io.tidegate.web.live.LiveStreams;
import io.tidegate.web.session.SessionCookie;
import io.tidegate.web.session.SessionGate;
import io.tidegate.web.ui.StaticFiles;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: the API under {@code /api/v1}, {@code /health}, and the browser application everywhere else. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    private static final int REQUEST_HEADER_BYTES_MAX = 16 << 10;
    private static final List<HandlerType> METHODS = List.of(
            HandlerType.GET,
            HandlerType.HEAD,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE,
            HandlerType.OPTIONS,
            HandlerType.TRACE,
            HandlerType.CONNECT);

    private final LiveStreams streams;
    private final Routes routes;
    private final Javalin javalin;

    /** Makes the server without opening a port. */
    public WebServer(Services services, WebSettings settings, InstantSource clock) {
        ObjectMapper json = Json.mapper();
        SessionCookie cookie = new SessionCookie(settings.https());
        SessionGate gate = new SessionGate(services.sessions(), cookie);
        streams = new LiveStreams(settings.streamsMax());
        Resources.Frame frame = new Resources.Frame(gate, cookie, streams, new RequestBody(json), clock);
        routes = new Routes(Resources.of(services, frame));
        javalin = Javalin.create(config -> configure(config, settings, json, gate));
    }

    private void configure(JavalinConfig config, WebSettings settings, ObjectMapper json, SessionGate gate) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = RequestBody.BYTES_MAX;
        // Our own fallback answers what no route takes, so that it says the same for every method.
        config.http.prefer405over404 = false;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(REQUEST_HEADER_BYTES_MAX);
        });
        config.jsonMapper(new JavalinJackson(json, false));
        config.requestLogger.http((ctx, milliseconds) ->
                log.debug("{} {} {} in {} ms", ctx.method(), ctx.path(), ctx.statusCode(), milliseconds));

        config.routes.before(new SecurityHeaders(settings.https())::set);
        for (Route route : routes.all()) {
            config.routes.addEndpoint(new Endpoint(route.method(), route.path(), gate.guard(route)));
        }
        StaticFiles page = new StaticFiles();
        for (HandlerType method : METHODS) {
            Route rest = routes.rest(method, page::answer);
            config.routes.addEndpoint(new Endpoint(method, rest.path(), rest.handler()));
        }
        new ApiErrors(json).register(config);
    }

    /**
     * Opens the port.
     *
     * @param port 0 for any free one
     * @param bindAddress the address of the interface to listen on, as {@code 127.0.0.1}
     */
    public void start(int port, String bindAddress) {
        javalin.start(bindAddress, port);
        log.info("Web server listens on {}:{}", bindAddress, port());
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** All that it answers to, for checks of the whole surface. */
    List<Route> routes() {
        return routes.all();
    }

    /** How many live streams are open. */
    int openStreams() {
        return streams.count();
    }

    @Override
    public void close() {
        streams.close();
        javalin.stop();
    }
}
