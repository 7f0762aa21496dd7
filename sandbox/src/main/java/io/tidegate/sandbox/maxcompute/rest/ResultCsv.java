package io.tidegate.sandbox.maxcompute.rest;

import com.aliyun.odps.data.Binary;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.data.Struct;
import io.tidegate.sandbox.maxcompute.storage.ColumnDefinition;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a SELECT as ?result gives them: CSV with a header, NULL as {@code \N}. */
final class ResultCsv {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.nnnnnnnnn");

    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();

    ResultCsv(ZoneId zone, List<ColumnDefinition> columns) {
        this.zone = zone;
        line(columns.stream().map(column -> quoted(column.name())).toList());
    }

    void add(Record row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.getColumnCount(); i++) {
            Object value = row.get(i);
            cells.add(value == null ? "\\N" : quoted(shown(value)));
        }
        line(cells);
    }

    String text() {
        return text.toString();
    }

    private void line(List<String> cells) {
        text.append(String.join(",", cells)).append('\n');
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private String shown(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
        }
        if (value instanceof ZonedDateTime moment) {
            return SECONDS.format(moment.withZoneSameInstant(zone));
        }
        if (value instanceof Instant instant) {
            return NANOS.format(instant.atZone(zone));
        }
        if (value instanceof LocalDateTime local) {
            return NANOS.format(local);
        }
        if (value instanceof Binary binary) {
            return binary.toString();
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(",", list.stream().map(this::shown).toList()) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            return "{"
                    + String.join(
                            ",",
                            map.entrySet().stream()
                                    .map(e -> shown(e.getKey()) + ":" + shown(e.getValue()))
                                    .toList())
                    + "}";
        }
        if (value instanceof Struct struct) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < struct.getFieldCount(); i++) {
                fields.add(struct.getFieldName(i) + ":" + shown(struct.getFieldValue(i)));
            }
            return "{" + String.join(",", fields) + "}";
        }
        return value.toString();
    }
}
