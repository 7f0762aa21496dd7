package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.mapping.ModelJson.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The conversion table once more, written down from docs/conversions.md in the plainest way and slow. */
final class ConversionOracle {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean emptyAsNull;

    ConversionOracle(boolean emptyAsNull) {
        this.emptyAsNull = emptyAsNull;
    }

    /** What has no place in the column. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Nullable Object convert(@Nullable Node node, String type) throws Unfit {
        if (node == null || node instanceof Node.Null) {
            return null;
        }
        if (node instanceof Node.Text text && emptyAsNull && text.text().isEmpty() && !type.equals("JSON")) {
            return null;
        }
        if (type.contains("<")) {
            return nested(node, type);
        }
        if (type.equals("JSON")) {
            return node.print(new Random(0)).strip();
        }
        if (node instanceof Node.Array || node instanceof Node.Members) {
            return switch (type) {
                case "STRING", "BINARY" -> node.print(new Random(0)).strip();
                default -> {
                    if (type.contains("CHAR")) {
                        // The text has the blanks of the document, so that only the shortest ones are sure to fit.
                        boolean empty =
                                node.equals(new Node.Array(List.of())) || node.equals(new Node.Members(List.of()));
                        if (empty) {
                            yield node.print(new Random(0)).strip();
                        }
                    }
                    throw new Unfit();
                }
            };
        }
        if (node instanceof Node.Bool bool) {
            return bool(bool.value(), type);
        }
        return node instanceof Node.Digits number
                ? text(number.digits(), type, true)
                : text(((Node.Text) node).text(), type, false);
    }

    private static Object bool(boolean value, String type) throws Unfit {
        return switch (type) {
            case "BOOLEAN" -> value;
            case "DATE", "DATETIME", "TIMESTAMP", "TIMESTAMP_NTZ" -> throw new Unfit();
            case "STRING", "VARCHAR(4)", "CHAR(3)", "BINARY" -> text(value ? "true" : "false", type, false);
            default -> text(value ? "1" : "0", type, true);
        };
    }

    private static Object text(String text, String type, boolean number) throws Unfit {
        return switch (type) {
            case "TINYINT" -> (byte) whole(text, 8);
            case "SMALLINT" -> (short) whole(text, 16);
            case "INT" -> (int) whole(text, 32);
            case "BIGINT" -> whole(text, 64);
            case "FLOAT" -> {
                float value = number(text).floatValue();
                yield finite(Float.isInfinite(value), value);
            }
            case "DOUBLE" -> {
                double value = number(text).doubleValue();
                yield finite(Double.isInfinite(value), value);
            }
            case "DECIMAL(10,2)" -> decimal(text, 8, 2);
            case "DECIMAL(38,18)" -> decimal(text, 20, 18);
            case "STRING", "BINARY" -> text;
            case "VARCHAR(4)" -> limited(text, 4);
            case "CHAR(3)" -> limited(text, 3);
            case "BOOLEAN" ->
                switch (text.toLowerCase(java.util.Locale.ROOT)) {
                    case "true", "1" -> true;
                    case "false", "0" -> false;
                    default -> throw new Unfit();
                };
            default -> time(text, type, number);
        };
    }

    private static Object finite(boolean infinite, Object value) throws Unfit {
        if (infinite) {
            throw new Unfit();
        }
        return value;
    }

    private static String limited(String text, int characters) throws Unfit {
        if (text.codePoints().count() > characters) {
            throw new Unfit();
        }
        return text;
    }

    private static BigDecimal number(String text) throws Unfit {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new Unfit();
        }
    }

    private static long whole(String text, int bits) throws Unfit {
        try {
            BigInteger value = number(text).toBigIntegerExact();
            boolean fits =
                    value.bitLength() < bits && !(bits == 64 && value.equals(BigInteger.valueOf(Long.MIN_VALUE)));
            if (fits) {
                return value.longValueExact();
            }
        } catch (ArithmeticException e) {
            throw new Unfit();
        }
        throw new Unfit();
    }

    private static BigDecimal decimal(String text, int before, int after) throws Unfit {
        BigDecimal value = number(text).setScale(after, RoundingMode.HALF_UP);
        if (value.abs().compareTo(BigDecimal.TEN.pow(before)) >= 0) {
            throw new Unfit();
        }
        return value;
    }

    private static Object time(String text, String type, boolean number) throws Unfit {
        if (number) {
            return ofLocal(LocalDateTime.ofInstant(Instant.ofEpochMilli(whole(text, 64)), SHANGHAI), type);
        }
        return switch (text) {
            case "2026-11-22", "2026-01-01" -> ofLocal(LocalDate.parse(text).atStartOfDay(), type);
            case "2026-11-22 10:00:00" -> ofLocal(LocalDateTime.of(2026, 11, 22, 10, 0), type);
            case "2026-11-22T10:00:00.123456789Z" ->
                ofLocal(LocalDateTime.of(2026, 11, 22, 18, 0, 0, 123_456_789), type);
            default -> throw new Unfit();
        };
    }

    private static Object ofLocal(LocalDateTime local, String type) throws Unfit {
        if (local.getYear() < 1 || local.getYear() > 9999) {
            throw new Unfit();
        }
        return switch (type) {
            case "DATE" -> local.toLocalDate();
            case "TIMESTAMP_NTZ" -> local;
            case "TIMESTAMP" -> local.atZone(SHANGHAI).toInstant();
            default -> local.atZone(SHANGHAI).toInstant().truncatedTo(ChronoUnit.MILLIS);
        };
    }

    private @Nullable Object nested(Node node, String type) throws Unfit {
        if (node instanceof Node.Text text && text.text().equals("null")) {
            return null;
        }
        List<String> inside = parts(type.substring(type.indexOf('<') + 1, type.length() - 1));
        if (type.startsWith("ARRAY") && node instanceof Node.Array array) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Node element : array.elements()) {
                list.add(convert(element, inside.get(0)));
            }
            return list;
        }
        if (type.startsWith("MAP") && node instanceof Node.Members object) {
            return map(object, inside);
        }
        if (type.startsWith("STRUCT") && node instanceof Node.Members object) {
            List<@Nullable Object> members = new ArrayList<>();
            for (String member : inside) {
                int colon = member.indexOf(':');
                String name = member.substring(0, colon).replace("`", "");
                members.add(convert(member(object, name), member.substring(colon + 1)));
            }
            return members;
        }
        throw new Unfit();
    }

    private static @Nullable Node member(Node.Members object, String name) {
        Node exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        Node found = null;
        for (Map.Entry<String, Node> entry : object.entries()) {
            found = entry.getKey().equalsIgnoreCase(name) ? entry.getValue() : found;
        }
        return found;
    }

    private Map<Object, @Nullable Object> map(Node.Members object, List<String> inside) throws Unfit {
        Map<Object, String> written = new LinkedHashMap<>();
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : object.entries()) {
            Object key = text(entry.getKey(), inside.get(0), false);
            String other = written.put(key, entry.getKey());
            if (other != null && !other.equals(entry.getKey())) {
                throw new Unfit();
            }
        }
        for (Map.Entry<Object, String> entry : written.entrySet()) {
            map.put(entry.getKey(), convert(object.get(entry.getValue()), inside.get(1)));
        }
        return map;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "<(".indexOf(c) >= 0 ? 1 : ">)".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    /** A form in which values of the mapper and of this class can be compared: JSON text without its blanks and escapes. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return comparable(new String(bytes, StandardCharsets.UTF_8));
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(element -> all.add(comparable(element)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((k, v) -> all.put(comparable(k), comparable(v)));
            return all;
        }
        if (value instanceof String text && !text.isEmpty() && "{[\"".indexOf(text.charAt(0)) >= 0) {
            try {
                return "JSON " + JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return text;
            }
        }
        return value;
    }
}
