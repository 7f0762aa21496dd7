package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.data.Binary;
import com.aliyun.odps.data.Char;
import com.aliyun.odps.data.SimpleJsonValue;
import com.aliyun.odps.data.SimpleStruct;
import com.aliyun.odps.data.Varchar;
import com.aliyun.odps.type.ArrayTypeInfo;
import com.aliyun.odps.type.CharTypeInfo;
import com.aliyun.odps.type.MapTypeInfo;
import com.aliyun.odps.type.StructTypeInfo;
import com.aliyun.odps.type.TypeInfo;
import com.aliyun.odps.type.VarcharTypeInfo;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of a DuckDB result as the value that the SDK's record holds.
 *
 * @param expression what to select so that {@link #read} gets what it expects
 */
record CellReader(TypeInfo type, String expression) {
    private static final long NANOS = 1_000_000_000L;

    static CellReader of(String column, TypeInfo type) {
        String name = Names.quoted(column);
        String expression = switch (type.getOdpsType()) {
            case DATETIME -> "epoch_ms(" + name + ")";
            case TIMESTAMP -> "epoch_ns(" + name + ")";
            case TIMESTAMP_NTZ -> "epoch_ns(CAST(" + name + " AS TIMESTAMP_NS))";
            // sum() of BIGINT is HUGEINT in DuckDB and BIGINT in MaxCompute.
            case BIGINT -> "CAST(" + name + " AS BIGINT)";
            case INT -> "CAST(" + name + " AS INTEGER)";
            case STRING, VARCHAR, CHAR, JSON -> "CAST(" + name + " AS VARCHAR)";
            default -> name;
        };
        return new CellReader(type, expression);
    }

    /** The value of the column at this 1-based place. */
    @Nullable Object read(ResultSet row, int at) throws SQLException {
        return switch (type.getOdpsType()) {
            case DATETIME -> {
                long milliseconds = row.getLong(at);
                yield row.wasNull() ? null : Instant.ofEpochMilli(milliseconds).atZone(ZoneOffset.UTC);
            }
            case TIMESTAMP -> {
                long nanos = row.getLong(at);
                yield row.wasNull() ? null : instant(nanos);
            }
            case TIMESTAMP_NTZ -> {
                long nanos = row.getLong(at);
                yield row.wasNull() ? null : LocalDateTime.ofInstant(instant(nanos), ZoneOffset.UTC);
            }
            default -> value(row.getObject(at), type);
        };
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static @Nullable Object value(@Nullable Object raw, TypeInfo type) throws SQLException {
        if (raw == null) {
            return null;
        }
        return switch (type.getOdpsType()) {
            case TINYINT -> ((Number) raw).byteValue();
            case SMALLINT -> ((Number) raw).shortValue();
            case INT -> ((Number) raw).intValue();
            case BIGINT -> ((Number) raw).longValue();
            case FLOAT -> ((Number) raw).floatValue();
            case DOUBLE -> ((Number) raw).doubleValue();
            case BOOLEAN -> raw;
            case DECIMAL -> (BigDecimal) raw;
            case STRING -> raw.toString();
            case VARCHAR -> new Varchar(raw.toString(), ((VarcharTypeInfo) type).getLength());
            case CHAR -> new Char(raw.toString(), ((CharTypeInfo) type).getLength());
            case JSON -> new SimpleJsonValue(raw.toString());
            case BINARY -> new Binary(bytes(raw));
            case DATE -> raw instanceof LocalDate date ? date : LocalDate.parse(raw.toString());
            case DATETIME -> ((OffsetDateTime) raw).toZonedDateTime();
            case TIMESTAMP ->
                raw instanceof OffsetDateTime moment
                        ? moment.toInstant()
                        : localDateTime(raw).toInstant(ZoneOffset.UTC);
            case TIMESTAMP_NTZ -> localDateTime(raw);
            case ARRAY -> list((Array) raw, ((ArrayTypeInfo) type).getElementTypeInfo());
            case MAP -> map((Map<?, ?>) raw, (MapTypeInfo) type);
            case STRUCT -> struct((java.sql.Struct) raw, (StructTypeInfo) type);
            case VOID, UNKNOWN, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, GEOGRAPHY, BLOB ->
                throw new IllegalArgumentException("no column can have the type " + type.getTypeName());
        };
    }

    private static byte[] bytes(Object raw) throws SQLException {
        if (raw instanceof byte[] bytes) {
            return bytes;
        }
        Blob blob = (Blob) raw;
        return blob.getBytes(1, (int) blob.length());
    }

    private static LocalDateTime localDateTime(Object raw) {
        return raw instanceof Timestamp timestamp ? timestamp.toLocalDateTime() : (LocalDateTime) raw;
    }

    private static List<@Nullable Object> list(Array raw, TypeInfo element) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object value : (Object[]) raw.getArray()) {
            list.add(value(value, element));
        }
        return list;
    }

    private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> raw, MapTypeInfo type) throws SQLException {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : raw.entrySet()) {
            map.put(value(entry.getKey(), type.getKeyTypeInfo()), value(entry.getValue(), type.getValueTypeInfo()));
        }
        return map;
    }

    private static SimpleStruct struct(java.sql.Struct raw, StructTypeInfo type) throws SQLException {
        Object[] attributes = raw.getAttributes();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < attributes.length; i++) {
            values.add(value(attributes[i], type.getFieldTypeInfos().get(i)));
        }
        return new SimpleStruct(type, values);
    }
}
