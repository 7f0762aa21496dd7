package io.tidegate.web.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Path and query parameters, checked. Everything wrong is a 400 that names the parameter. */
public final class RequestParameters {
    private static final int PAGE_SIZE = 100;
    private static final int PAGE_SIZE_MAX = 500;

    private final Context ctx;

    private RequestParameters(Context ctx) {
        this.ctx = ctx;
    }

    public static RequestParameters of(Context ctx) {
        return new RequestParameters(ctx);
    }

    /** A number in the path. What is not a number names nothing: 404. */
    public long id(String noun) {
        String text = ctx.pathParam("id");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new io.tidegate.scheduler.NotFoundException(noun, text);
        }
    }

    public String path(String name) {
        return ctx.pathParam(name);
    }

    public Optional<String> text(String name) {
        List<String> values = ctx.queryParams(name);
        if (values.size() > 1) {
            throw ProblemException.badRequest("The query parameter " + name + " is given more than once.");
        }
        values.forEach(value -> {
            if (Storable.refusal(value) != null) {
                throw ProblemException.badRequest("The query parameter " + name + " is no text that can be stored.");
            }
        });
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    /** How many a page has at most, as {@code limit} says: 1 to 500, and 100 when it is not given. */
    public int limit() {
        long limit = number("limit").orElse((long) PAGE_SIZE);
        if (limit < 1 || limit > PAGE_SIZE_MAX) {
            throw ProblemException.badRequest("The query parameter limit is 1 to " + PAGE_SIZE_MAX + ".");
        }
        return (int) limit;
    }

    public Optional<Long> number(String name) {
        return parsed(name, "a whole number", Long::parseLong);
    }

    /** False when it is not given. */
    public boolean flag(String name) {
        String text = text(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw ProblemException.badRequest("The query parameter " + name + " is true or false.");
        }
        return text.equals("true");
    }

    public Optional<Instant> instant(String name) {
        Optional<Instant> instant = parsed(name, "an instant, as 2026-11-22T06:00:00Z", Instant::parse);
        if (instant.isPresent() && !Storable.is(instant.get())) {
            throw ProblemException.badRequest(
                    "The query parameter " + name + " lies too far away: " + Storable.YEARS + ".");
        }
        return instant;
    }

    public <E extends Enum<E>> Optional<E> one(String name, Class<E> type) {
        return text(name).map(text -> constant(name, text, type));
    }

    /** Of a parameter that may be repeated; commas separate too. */
    public <E extends Enum<E>> List<E> many(String name, Class<E> type) {
        return ctx.queryParams(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .filter(value -> !value.isEmpty())
                .map(value -> constant(name, value, type))
                .distinct()
                .toList();
    }

    public <E extends Enum<E>> E required(String name, Class<E> type) {
        return one(name, type)
                .orElseThrow(() -> ProblemException.badRequest("The query parameter " + name
                        + " is missing; it is one of " + Arrays.toString(type.getEnumConstants()) + "."));
    }

    /** Refuses what is not among the names: a misspelt filter must not silently show everything. */
    public RequestParameters only(String... names) {
        Set<String> unknown = new TreeSet<>(ctx.queryParamMap().keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw ProblemException.badRequest(
                    "Unknown query parameters " + unknown + "; known are " + new TreeSet<>(Arrays.asList(names)) + ".");
        }
        return this;
    }

    private <T> Optional<T> parsed(String name, String what, Function<String, T> parse) {
        return text(name).map(text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException | DateTimeParseException e) {
                throw ProblemException.badRequest("The query parameter " + name + " is not " + what + ".");
            }
        });
    }

    private static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw ProblemException.badRequest(
                "The query parameter " + name + " is one of " + Arrays.toString(type.getEnumConstants()) + ".");
    }
}
