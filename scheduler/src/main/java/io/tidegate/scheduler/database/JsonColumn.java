package io.tidegate.scheduler.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMapperFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Keeps a type in {@code jsonb} columns, so that records stay free of annotations of the database library. */
public final class JsonColumn {
    private JsonColumn() {}

    /** From now on values of exactly this type are bound as {@code jsonb} and read from it. */
    public static void register(Jdbi jdbi, ObjectMapper mapper, Type type) {
        JavaType javaType = mapper.constructType(type);
        jdbi.registerArgument((ArgumentFactory) (declared, value, config) ->
                type.equals(declared) ? Optional.of(argument(mapper, javaType, value)) : Optional.empty());
        ColumnMapper<Object> columnMapper = (row, column, context) -> {
            String json = row.getString(column);
            return json == null ? null : read(mapper, javaType, json);
        };
        jdbi.registerColumnMapper((ColumnMapperFactory)
                (declared, config) -> type.equals(declared) ? Optional.of(columnMapper) : Optional.empty());
    }

    private static Argument argument(ObjectMapper mapper, JavaType type, @Nullable Object value) {
        return (position, statement, context) -> {
            PGobject json = new PGobject();
            json.setType("jsonb");
            json.setValue(value == null ? null : write(mapper, type, value));
            statement.setObject(position, json);
        };
    }

    private static Object read(ObjectMapper mapper, JavaType type, String json) throws SQLException {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("A stored document is not a " + type + ": " + e.getOriginalMessage(), e);
        }
    }

    private static String write(ObjectMapper mapper, JavaType type, Object value) throws SQLException {
        try {
            return mapper.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new SQLException("A " + type + " cannot be written as JSON", e);
        }
    }
}
