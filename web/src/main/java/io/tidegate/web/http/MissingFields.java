package io.tidegate.web.http;

import io.tidegate.scheduler.Finding;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds nulls in a record tree where the record does not allow them. Jackson leaves null for what a request does not name. */
final class MissingFields {
    private final List<Finding> found = new ArrayList<>();

    private MissingFields() {}

    static List<Finding> of(Object value, String pointer) {
        MissingFields missing = new MissingFields();
        missing.walk(value, pointer);
        return missing.found;
    }

    private void walk(@Nullable Object value, String pointer) {
        if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                walkComponent(record, component, pointer + "/" + component.getName());
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                require(list.get(i), pointer + "/" + i);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> require(entry, pointer + "/" + key));
        }
    }

    private void walkComponent(Record record, RecordComponent component, String pointer) {
        Object value = read(record, component);
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            walk(value, pointer);
        } else {
            require(value, pointer);
        }
    }

    private void require(@Nullable Object value, String pointer) {
        if (value == null) {
            found.add(Finding.error(pointer, pointer + " is missing.", "Give it a value."));
        } else {
            walk(value, pointer);
        }
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            // Requests are often package-private records of their noun.
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(component + " threw when it was read", e.getCause());
        }
    }
}
