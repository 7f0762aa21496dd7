package io.tidegate.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.datasource.CatalogException;
import io.tidegate.scheduler.datasource.SecretUnreadableException;
import io.tidegate.web.http.Problem;
import io.tidegate.web.http.ProblemException;
import java.util.UUID;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every exception becomes one problem with a true status. The sole place that knows which is which. */
final class ApiErrors {
    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    private final ObjectMapper json;

    ApiErrors(ObjectMapper json) {
        this.json = json;
    }

    void register(JavalinConfig config) {
        config.routes.exception(ProblemException.class, (e, ctx) -> {
            e.headers().forEach(ctx::header);
            answer(ctx, e.problem());
        });
        config.routes.exception(
                NotFoundException.class, (e, ctx) -> answer(ctx, Problem.of(404, "not-found", "Not found", text(e))));
        config.routes.exception(
                ConflictException.class, (e, ctx) -> answer(ctx, Problem.of(409, "conflict", "Conflict", text(e))));
        config.routes.exception(
                InvalidInputException.class,
                (e, ctx) -> answer(
                        ctx, Problem.of(422, "findings", "Findings", text(e)).withFindings(e.findings())));
        config.routes.exception(
                CatalogException.class,
                (e, ctx) -> answer(ctx, Problem.of(502, "unreachable", "Data source not reached", text(e))));
        config.routes.exception(
                SecretUnreadableException.class,
                (e, ctx) -> answer(ctx, Problem.of(409, "secret-unreadable", "Secret unreadable", text(e))));
        config.routes.exception(
                HttpResponseException.class,
                (e, ctx) -> answer(
                        ctx,
                        Problem.of(e.getStatus(), "invalid-request", "Invalid request", "The request was refused.")));
        config.routes.exception(Exception.class, this::unexpected);
        config.router.javaLangErrorHandler((response, error) -> {
            response.setStatus(500);
            log.error("Incident {}: a request ended with an error of the virtual machine", incident(), error);
        });
    }

    private void unexpected(Exception e, Context ctx) {
        if (e instanceof EofException) {
            // The browser went away; nobody is left to answer to.
            log.debug("{} {} was given up by its client", ctx.method(), ctx.path());
            return;
        }
        String incident = incident();
        log.error("Incident {}: {} {}", incident, ctx.method(), ctx.path(), e);
        answer(
                ctx,
                Problem.of(
                                500,
                                "internal",
                                "Internal error",
                                "Tidegate failed. Look for incident " + incident + " in the server's log.")
                        .withIncident(incident));
    }

    void answer(Context ctx, Problem problem) {
        ctx.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(write(problem));
    }

    private byte[] write(Problem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem can always be written", e);
        }
    }

    private static String text(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static String incident() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
