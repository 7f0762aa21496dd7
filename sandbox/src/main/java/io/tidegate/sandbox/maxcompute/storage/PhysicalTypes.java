package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.OdpsType;
import com.aliyun.odps.type.ArrayTypeInfo;
import com.aliyun.odps.type.DecimalTypeInfo;
import com.aliyun.odps.type.MapTypeInfo;
import com.aliyun.odps.type.StructTypeInfo;
import com.aliyun.odps.type.TypeInfo;
import com.aliyun.odps.type.TypeInfoParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which DuckDB type holds which MaxCompute type, and back. */
final class PhysicalTypes {
    private static final int DECIMAL_PRECISION_MAX = 38;

    private PhysicalTypes() {}

    /**
     * The type of the stored column.
     *
     * @throws RefusedException if MaxCompute's type has no counterpart here
     */
    static String of(TypeInfo type) {
        return switch (type.getOdpsType()) {
            case TINYINT -> "TINYINT";
            case SMALLINT -> "SMALLINT";
            case INT -> "INTEGER";
            case BIGINT -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case STRING, VARCHAR, CHAR -> "VARCHAR";
            case JSON -> "JSON";
            case BINARY -> "BLOB";
            case DATETIME -> "TIMESTAMPTZ";
            // An instant in nanoseconds, kept as UTC wall time: DuckDB's appender cannot write TIMESTAMPTZ_NS.
            case TIMESTAMP, TIMESTAMP_NTZ -> "TIMESTAMP_NS";
            case DECIMAL -> "DECIMAL(" + precision(type) + "," + scale(type) + ")";
            case ARRAY -> of(((ArrayTypeInfo) type).getElementTypeInfo()) + "[]";
            case MAP ->
                "MAP(%s, %s)"
                        .formatted(
                                of(((MapTypeInfo) type).getKeyTypeInfo()), of(((MapTypeInfo) type).getValueTypeInfo()));
            case STRUCT -> structType((StructTypeInfo) type);
            case VOID, UNKNOWN, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, GEOGRAPHY, BLOB ->
                throw new RefusedException(
                        400,
                        "InvalidColumnType",
                        "ODPS-0130071:[0,0] Semantic analysis exception - type " + type.getTypeName()
                                + " is not served by the local MaxCompute");
        };
    }

    private static String structType(StructTypeInfo type) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            fields.add(Names.quoted(type.getFieldNames().get(i)) + " "
                    + of(type.getFieldTypeInfos().get(i)));
        }
        return "STRUCT(" + String.join(", ", fields) + ")";
    }

    static int precision(TypeInfo type) {
        return Math.min(((DecimalTypeInfo) type).getPrecision(), DECIMAL_PRECISION_MAX);
    }

    static int scale(TypeInfo type) {
        return ((DecimalTypeInfo) type).getScale();
    }

    /** What the view shows of a stored column. */
    static String viewExpression(ColumnDefinition column) {
        String name = Names.quoted(column.name());
        return column.type().getOdpsType() == OdpsType.TIMESTAMP
                ? "(%s AT TIME ZONE 'UTC') AS %s".formatted(name, name)
                : name;
    }

    /** The MaxCompute type of a column of a DuckDB result, by the name that DuckDB gives its type. */
    static TypeInfo fromDuckDb(String name) {
        return TypeInfoParser.getTypeInfoFromTypeString(logicalName(name.strip()));
    }

    private static String logicalName(String type) {
        if (type.endsWith("[]")) {
            return "ARRAY<" + logicalName(type.substring(0, type.length() - 2)) + ">";
        }
        if (type.startsWith("MAP(")) {
            List<String> parts = topLevelParts(inside(type));
            return "MAP<" + logicalName(parts.get(0)) + "," + logicalName(parts.get(1)) + ">";
        }
        if (type.startsWith("STRUCT(")) {
            List<String> fields = new ArrayList<>();
            for (String field : topLevelParts(inside(type))) {
                int space = field.indexOf(' ', field.startsWith("\"") ? field.indexOf('"', 1) : 0);
                fields.add(field.substring(0, space).replace("\"", "") + ":" + logicalName(field.substring(space + 1)));
            }
            return "STRUCT<" + String.join(",", fields) + ">";
        }
        if (type.startsWith("DECIMAL(")) {
            return type;
        }
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "TINYINT", "SMALLINT", "BIGINT", "FLOAT", "DOUBLE", "BOOLEAN", "DATE", "JSON" -> type;
            case "INTEGER", "USMALLINT", "UTINYINT", "NULL", "\"NULL\"" -> "INT";
            case "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT" -> "BIGINT";
            case "BLOB" -> "BINARY";
            case "TIMESTAMP WITH TIME ZONE" -> "DATETIME";
            case "TIMESTAMPTZ_NS" -> "TIMESTAMP";
            case "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S" -> "TIMESTAMP_NTZ";
            default -> "STRING";
        };
    }

    private static String inside(String type) {
        return type.substring(type.indexOf('(') + 1, type.length() - 1);
    }

    private static List<String> topLevelParts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
