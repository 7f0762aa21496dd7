package io.tidegate.engine.maxcompute;

import com.aliyun.odps.data.SimpleStruct;
import com.aliyun.odps.type.ArrayTypeInfo;
import com.aliyun.odps.type.MapTypeInfo;
import com.aliyun.odps.type.StructTypeInfo;
import com.aliyun.odps.type.TypeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays, maps and structures as the SDK wants them. */
final class NestedValues {
    private NestedValues() {}

    /** How a value inside is turned into the SDK's. */
    @FunctionalInterface
    interface Inside {
        @Nullable Object of(@Nullable Object value, TypeInfo type);
    }

    /**
     * @param value a list for an array, a list of its members for a structure, a map for a map
     * @param type of the value; one of these three
     */
    static Object of(Object value, TypeInfo type, Inside inside) {
        if (type instanceof ArrayTypeInfo array) {
            return elements((List<?>) value, array.getElementTypeInfo(), inside);
        }
        if (type instanceof MapTypeInfo map) {
            Map<@Nullable Object, @Nullable Object> entries = new HashMap<>();
            ((Map<?, ?>) value)
                    .forEach((k, v) ->
                            entries.put(inside.of(k, map.getKeyTypeInfo()), inside.of(v, map.getValueTypeInfo())));
            return entries;
        }
        StructTypeInfo struct = (StructTypeInfo) type;
        List<?> members = (List<?>) value;
        List<@Nullable Object> values = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            values.add(inside.of(members.get(i), struct.getFieldTypeInfos().get(i)));
        }
        return new SimpleStruct(struct, values);
    }

    private static List<@Nullable Object> elements(List<?> list, TypeInfo type, Inside inside) {
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            elements.add(inside.of(element, type));
        }
        return elements;
    }
}
