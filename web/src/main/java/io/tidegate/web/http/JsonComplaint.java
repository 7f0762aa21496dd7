package io.tidegate.web.http;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a JSON text, and where. The parser's own words name Java classes and quote the value, which may be a
 * secret that stands in the wrong place; so its exceptions are looked at and its words are left out.
 */
final class JsonComplaint {
    private static final String MISSING = "Missing required creator property";
    private static final String NULL_FOR_PRIMITIVE = "Cannot map `null`";

    private static final Map<Class<?>, String> EXPECTED = Map.ofEntries(
            Map.entry(String.class, "a text"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(int.class, "a whole number"),
            Map.entry(Integer.class, "a whole number"),
            Map.entry(long.class, "a whole number"),
            Map.entry(Long.class, "a whole number"),
            Map.entry(Instant.class, "an instant, as 2026-11-22T06:00:00Z"),
            Map.entry(LocalDate.class, "a date, as 2026-11-22"),
            Map.entry(LocalTime.class, "a time of day, as 00:15"),
            Map.entry(LocalDateTime.class, "a local time, as 2026-11-22T06:00"),
            Map.entry(ZoneId.class, "the name of a time zone, as Asia/Shanghai"));

    private JsonComplaint() {}

    /** @param prefix JSON pointer to what was parsed, in the whole body */
    static Problem of(JsonProcessingException e, String prefix) {
        JsonLocation at = e.getLocation();
        Integer line = at == null || at.getLineNr() < 1 ? null : at.getLineNr();
        Integer column = at == null || at.getColumnNr() < 1 ? null : at.getColumnNr();
        String field = e instanceof JsonMappingException mapping ? prefix + pointer(mapping) : null;
        String where = line == null ? "" : " (line " + line + ", column " + column + ")";
        String what = e instanceof JsonMappingException mapping ? explain(mapping, field) : syntax(e);
        return Problem.of(400, "invalid-json", "Invalid JSON", what + where + ".")
                .at(line, column, field);
    }

    private static String explain(JsonMappingException e, @Nullable String pointer) {
        String field = pointer == null || pointer.isEmpty() ? "The body" : pointer;
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "There is no field \"" + unknown.getPropertyName() + "\" here; known are "
                    + unknown.getKnownPropertyIds();
        }
        if (e instanceof ValueInstantiationException refused) {
            // Our records explain themselves by IllegalArgumentException; whatever else comes up is not for users.
            Throwable cause = refused.getCause();
            return cause instanceof IllegalArgumentException && cause.getMessage() != null
                    ? field + ": " + cause.getMessage()
                    : field + " lacks a value: a field that it needs is missing, or null stands in a list";
        }
        if (e instanceof InvalidTypeIdException type) {
            return field + (type.getTypeId() == null ? " has no \"type\"" : " is of no known type") + knownTypes(type);
        }
        if (e.getCause() instanceof InputCoercionException) {
            return field + " is too large a number";
        }
        String original = String.valueOf(e.getOriginalMessage());
        if (original.startsWith(MISSING)) {
            return field + " is missing";
        }
        if (original.startsWith(NULL_FOR_PRIMITIVE)) {
            return field + " is missing, or null";
        }
        if (e instanceof InvalidNullException) {
            return field + " is null";
        }
        return e instanceof MismatchedInputException mismatch
                ? field + " is not " + expected(mismatch.getTargetType())
                : field + " cannot be read";
    }

    private static String knownTypes(InvalidTypeIdException e) {
        JsonSubTypes known = e.getBaseType().getRawClass().getAnnotation(JsonSubTypes.class);
        return known == null
                ? ""
                : "; known are "
                        + Arrays.stream(known.value())
                                .map(JsonSubTypes.Type::name)
                                .toList();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of the right kind";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (Record.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return "an object";
        }
        return EXPECTED.getOrDefault(type, "of the right kind");
    }

    /** What stands between quotes is from the text itself; single characters help, longer pieces may be secrets. */
    private static String syntax(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage())
                .replaceAll("'[^']{4,}'", "'…'")
                .replaceAll("\\R.*", "")
                .strip();
    }

    private static String pointer(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            String name = step.getFieldName();
            String text = name == null ? Integer.toString(step.getIndex()) : name;
            pointer.append('/').append(text.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
