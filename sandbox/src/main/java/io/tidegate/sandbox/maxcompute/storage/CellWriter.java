package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.data.AbstractChar;
import com.aliyun.odps.data.Binary;
import com.aliyun.odps.data.Struct;
import com.aliyun.odps.type.ArrayTypeInfo;
import com.aliyun.odps.type.MapTypeInfo;
import com.aliyun.odps.type.StructTypeInfo;
import com.aliyun.odps.type.TypeInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Appends one value, as the SDK decodes it from the stream, to a DuckDB row. */
interface CellWriter {
    void append(DuckDBAppender row, Object value) throws SQLException;

    /** The way for values of this type; chosen once per column, not per value. */
    static CellWriter of(TypeInfo type) {
        return switch (type.getOdpsType()) {
            case TINYINT -> (row, value) -> row.append(((Number) value).byteValue());
            case SMALLINT -> (row, value) -> row.append(((Number) value).shortValue());
            case INT -> (row, value) -> row.append(((Number) value).intValue());
            case BIGINT -> (row, value) -> row.append(((Number) value).longValue());
            case FLOAT -> (row, value) -> row.append(((Number) value).floatValue());
            case DOUBLE -> (row, value) -> row.append(((Number) value).doubleValue());
            case BOOLEAN -> (row, value) -> row.append(((Boolean) value).booleanValue());
            case STRING -> CellWriter::appendText;
            case VARCHAR, CHAR -> (row, value) -> row.append(((AbstractChar) value).getValue());
            case JSON -> (row, value) -> row.append(value.toString());
            case BINARY -> (row, value) -> row.append(((Binary) value).data());
            case DATE -> (row, value) -> row.appendEpochDays((int) ((LocalDate) value).toEpochDay());
            case DATETIME ->
                (row, value) -> row.appendEpochMicros(
                        Math.multiplyExact(((ZonedDateTime) value).toInstant().toEpochMilli(), 1000L));
            case TIMESTAMP -> (row, value) -> row.appendEpochNanos(nanoseconds((Instant) value));
            case TIMESTAMP_NTZ ->
                (row, value) -> row.appendEpochNanos(nanoseconds(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case DECIMAL -> {
                int scale = PhysicalTypes.scale(type);
                yield (row, value) -> row.append(((BigDecimal) value).setScale(scale, RoundingMode.HALF_UP));
            }
            case ARRAY -> (row, value) -> row.append((List<?>) nested(value, type));
            case MAP -> (row, value) -> row.append((Map<?, ?>) nested(value, type));
            case STRUCT -> structWriter((StructTypeInfo) type);
            case VOID, UNKNOWN, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, GEOGRAPHY, BLOB ->
                throw new IllegalArgumentException("no column can have the type " + type.getTypeName());
        };
    }

    private static void appendText(DuckDBAppender row, Object value) throws SQLException {
        if (value instanceof byte[] bytes && Utf8.valid(bytes)) {
            row.append(bytes);
        } else {
            row.append(text(value));
        }
    }

    private static CellWriter structWriter(StructTypeInfo type) {
        List<CellWriter> writers =
                type.getFieldTypeInfos().stream().map(CellWriter::of).toList();
        return (row, value) -> {
            row.beginStruct();
            for (int i = 0; i < writers.size(); i++) {
                Object field = ((Struct) value).getFieldValue(i);
                if (field == null) {
                    row.appendNull();
                } else {
                    writers.get(i).append(row, field);
                }
            }
            row.endStruct();
        };
    }

    /** Nanoseconds since 1970; DuckDB holds the years 1678 to 2262. */
    private static long nanoseconds(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    /** MaxCompute's STRING may hold any bytes; DuckDB's only text, so what is not UTF-8 is replaced. */
    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    /** A value inside an array, map or struct, as the appender wants it. */
    private static @Nullable Object nested(@Nullable Object value, TypeInfo type) {
        if (value == null) {
            return null;
        }
        return switch (type.getOdpsType()) {
            case STRING, JSON -> text(value);
            case VARCHAR, CHAR -> ((AbstractChar) value).getValue();
            case BINARY -> ((Binary) value).data();
            case DATETIME -> ((ZonedDateTime) value).toOffsetDateTime();
            case TIMESTAMP -> LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
            case DECIMAL -> ((BigDecimal) value).setScale(PhysicalTypes.scale(type), RoundingMode.HALF_UP);
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (Object element : (List<?>) value) {
                    list.add(nested(element, ((ArrayTypeInfo) type).getElementTypeInfo()));
                }
                yield list;
            }
            case MAP -> {
                MapTypeInfo mapType = (MapTypeInfo) type;
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((k, v) ->
                                map.put(nested(k, mapType.getKeyTypeInfo()), nested(v, mapType.getValueTypeInfo())));
                yield map;
            }
            case STRUCT -> {
                StructTypeInfo structType = (StructTypeInfo) type;
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (int i = 0; i < structType.getFieldCount(); i++) {
                    fields.put(
                            structType.getFieldNames().get(i),
                            nested(
                                    ((Struct) value).getFieldValue(i),
                                    structType.getFieldTypeInfos().get(i)));
                }
                yield fields;
            }
            case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, BOOLEAN, DATE, TIMESTAMP_NTZ -> value;
            case VOID, UNKNOWN, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, GEOGRAPHY, BLOB ->
                throw new IllegalArgumentException("no column can hold the type " + type.getTypeName());
        };
    }
}
