package io.tidegate.scheduler.database;

import io.tidegate.scheduler.Id;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMapperFactory;

/** Reads a number as the typed id that is asked for: any record that implements {@link Id} and holds nothing else. */
final class IdColumnMapperFactory implements ColumnMapperFactory {
    @Override
    public Optional<ColumnMapper<?>> build(Type type, ConfigRegistry config) {
        Class<?> erased = GenericTypes.getErasedType(type);
        if (!Id.class.isAssignableFrom(erased) || !erased.isRecord()) {
            return Optional.empty();
        }
        MethodHandle constructor;
        try {
            constructor =
                    MethodHandles.publicLookup().findConstructor(erased, MethodType.methodType(void.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(erased + " must be a public record of one long", e);
        }
        return Optional.of((row, column, context) -> {
            long value = row.getLong(column);
            return row.wasNull() ? null : construct(constructor, value);
        });
    }

    private static Object construct(MethodHandle constructor, long value) throws SQLException {
        try {
            return constructor.invoke(value);
        } catch (Throwable e) {
            throw new SQLException("An id was refused: " + value, e);
        }
    }
}
