package io.tidegate.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.mapping.SourceRecord.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables of docs/conversions.md say what the code does. */
class ConversionTableTest {
    private static final List<String> TYPES = List.of(
            "BIGINT",
            "DOUBLE",
            "DECIMAL(10,2)",
            "STRING",
            "VARCHAR(20)",
            "BOOLEAN",
            "DATE",
            "DATETIME",
            "TIMESTAMP_NTZ",
            "BINARY",
            "JSON",
            "ARRAY<STRING>",
            "MAP<STRING,STRING>",
            "STRUCT<a:STRING>");

    /** A row of the table: a source field, and the record that it is taken from. */
    private record Source(String field, PayloadType type, SourceRecord record) {}

    private static Source path(String json) {
        return value("f", "{\"f\":" + json + "}");
    }

    private static Source value(String field, @Nullable String value) {
        return bytes(field, PayloadType.STRING, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private static Source bytes(String field, PayloadType type, byte @Nullable [] value) {
        List<Header> headers = List.of(new Header("a", "x".getBytes(StandardCharsets.UTF_8)));
        return new Source(field, type, new SourceRecord(3, 42, 1_669_082_400_123L, null, value, headers));
    }

    private static Map<String, Source> sources() {
        Map<String, Source> sources = new LinkedHashMap<>();
        sources.put("JSON string `\"12\"`", path("\"12\""));
        sources.put("JSON string `\"text\"`", path("\"text\""));
        sources.put("JSON string `\"2026-11-22\"`", path("\"2026-11-22\""));
        sources.put("JSON string `\"[\"x\"]\"` (with its quotes escaped)", path("\"[\\\"x\\\"]\""));
        sources.put("empty JSON string `\"\"`", path("\"\""));
        sources.put("JSON number `12`", path("12"));
        sources.put("JSON number `1.5`", path("1.5"));
        sources.put("JSON `true`", path("true"));
        sources.put("JSON array `[\"x\"]`", path("[\"x\"]"));
        sources.put("JSON object `{\"a\":\"x\"}`", path("{\"a\":\"x\"}"));
        sources.put("JSON `null`, or nothing at the path", path("null"));
        sources.put("a value that is null, whatever the field", value("f", null));
        sources.put("`__value__`, string: `12`", value("__value__", "12"));
        sources.put("`__value__`, string: `{\"a\":\"x\"}`", value("__value__", "{\"a\":\"x\"}"));
        sources.put(
                "`__value__`, bytearray: the bytes `31 32`",
                bytes("__value__", PayloadType.BYTEARRAY, new byte[] {0x31, 0x32}));
        sources.put(
                "`__value__`, long, integer or short: 12",
                bytes(
                        "__value__",
                        PayloadType.SHORT,
                        ByteBuffer.allocate(2).putShort((short) 12).array()));
        sources.put(
                "`__value__`, double or float: 1.5",
                bytes(
                        "__value__",
                        PayloadType.DOUBLE,
                        ByteBuffer.allocate(8).putDouble(1.5).array()));
        sources.put(
                "`__value__`, double: NaN",
                bytes(
                        "__value__",
                        PayloadType.DOUBLE,
                        ByteBuffer.allocate(8).putDouble(Double.NaN).array()));
        sources.put("`__offset__`, `__partition__`", value("__offset__", "x"));
        sources.put("`__timestamp__`", value("__timestamp__", "x"));
        sources.put("`__headers__`", value("__headers__", "x"));
        return sources;
    }

    private static String cell(Source source, String type) throws MappingRefused {
        RowMapper mapper = new Mappings()
                .column(source.field(), type)
                .valueType(source.type())
                .mapper();
        @Nullable Object[] row = mapper.newRow();
        DirtyRecord dirty = mapper.map(source.record(), row);
        return dirty != null ? "dirty" : row[0] == null ? "NULL" : code(show(row[0], type));
    }

    private static String code(String text) {
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }

    private static String show(@Nullable Object value, String type) {
        if (value instanceof byte[] bytes) {
            return type.equals("BINARY")
                    ? HexFormat.ofDelimiter(" ").formatHex(bytes)
                    : new String(bytes, StandardCharsets.UTF_8);
        }
        return String.valueOf(value);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "conversions.md"));
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    @Test
    void the_table_is_what_the_mapper_does() throws Exception {
        List<String> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("in the record"));
        TYPES.forEach(type -> head.add("`" + type + "`"));
        table.add(row(head));
        table.add(row(head.stream().map(cell -> "---").toList()));
        for (Map.Entry<String, Source> source : sources().entrySet()) {
            List<String> cells = new ArrayList<>(List.of(source.getKey()));
            for (String type : TYPES) {
                cells.add(cell(source.getValue(), type));
            }
            table.add(row(cells));
        }
        assertThat(page()).contains(String.join("\n", table));
    }

    @Test
    void the_examples_are_what_the_mapper_does() throws Exception {
        List<String> rows = page().lines()
                .dropWhile(line -> !line.equals("## Examples"))
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected = new ArrayList<>();
        for (String line : rows) {
            String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
            Source source = path(cells[1].substring(1, cells[1].length() - 1));
            expected.add(row(List.of(cells[0], cells[1], cell(source, cells[0].replace("`", "")))));
        }
        assertThat(rows).hasSizeGreaterThan(60).isEqualTo(expected);
    }
}
