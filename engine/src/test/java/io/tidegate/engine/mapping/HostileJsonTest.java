package io.tidegate.engine.mapping;

import static io.tidegate.engine.mapping.Mappings.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tidegate.engine.DirtyRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are made to hurt: each becomes a row or a dirty record, soon, and the mapper goes on. */
class HostileJsonTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** All the kinds of columns side by side, all from the same place. */
    private static Mappings everything() {
        return new Mappings()
                .column("x", "STRING")
                .column("y", "BIGINT")
                .column("__value__", "BINARY")
                .column("never", "ARRAY<STRING>");
    }

    private static @Nullable DirtyRecord map(Mappings mapping, byte[] value, @Nullable Object[] row) throws Exception {
        RowMapper mapper = mapping.mapper();
        @Nullable DirtyRecord[] dirty = new @Nullable DirtyRecord[1];
        assertTimeoutPreemptively(SOON, () -> {
            dirty[0] = mapper.map(record(value), row);
        });
        // Whatever came before, the next record is mapped as if nothing had been.
        @Nullable Object[] next = mapper.newRow();
        assertThat(mapper.map(record("null"), next)).isNull();
        return dirty[0];
    }

    private static @Nullable DirtyRecord map(Mappings mapping, String value) throws Exception {
        return map(
                mapping,
                value.getBytes(StandardCharsets.UTF_8),
                mapping.mapper().newRow());
    }

    private static DirtyRecord dirty(Mappings mapping, String value) throws Exception {
        return Objects.requireNonNull(map(mapping, value), "the record must be dirty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"x\":", "{\"other\":[", "[{\"x\":"})
    void nesting_without_end_is_dirty(String opening) throws Exception {
        DirtyRecord dirty = dirty(everything(), opening.repeat(100_000));

        assertThat(dirty.reason()).startsWith("the value is no JSON: ").contains("depth");
        assertThat(dirty.excerpt()).hasSize(200);
    }

    @Test
    void deep_nesting_in_a_nested_column_is_dirty() throws Exception {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(dirty(new Mappings().column("__value__", "ARRAY<ARRAY<STRING>>"), deep)
                        .reason())
                .contains("depth");
        assertThat(dirty(new Mappings().column("__value__", "JSON"), deep).reason())
                .contains("depth");
    }

    @Test
    void nesting_up_to_a_thousand_is_taken() throws Exception {
        String deep = "[".repeat(998) + "1" + "]".repeat(998);

        assertThat(map(everything(), "{\"x\":" + deep + "}")).isNull();
    }

    @Test
    void a_value_of_thirty_megabytes_is_read_by_the_paths_that_want_little_of_it() throws Exception {
        String huge = "z".repeat(30_000_000);
        Mappings mapping = new Mappings().column("y", "BIGINT");
        @Nullable Object[] row = mapping.mapper().newRow();

        assertThat(map(mapping, ("{\"x\":\"" + huge + "\",\"y\":7}").getBytes(StandardCharsets.UTF_8), row))
                .isNull();
        assertThat(row).containsExactly(7L);
        assertThat(map(mapping, "{\"" + huge + "\":1,\"y\":7}")).isNull();
    }

    @Test
    void a_string_of_twenty_megabytes_is_dirty_cut_or_null_as_the_job_says() throws Exception {
        String json = "{\"x\":\"" + "ä".repeat(10_000_000) + "\"}";

        assertThat(dirty(new Mappings().column("x", "STRING"), json).reason())
                .isEqualTo("x: it has 20000000 bytes; a STRING holds at most 8388608");
        Mappings cut = new Mappings().column("x", "STRING").overLength(new OverLength(OverLength.Rule.TRUNCATE, 1001));
        @Nullable Object[] row = cut.mapper().newRow();
        assertThat(map(cut, json.getBytes(StandardCharsets.UTF_8), row)).isNull();
        assertThat((byte[]) Objects.requireNonNull(row[0])).hasSize(1000);
        Mappings none = new Mappings().column("x", "STRING").overLength(new OverLength(OverLength.Rule.SET_NULL, 1001));
        assertThat(map(none, json.getBytes(StandardCharsets.UTF_8), row)).isNull();
        assertThat(row[0]).isNull();
    }

    @Test
    void a_million_elements_are_an_array() throws Exception {
        StringBuilder json = new StringBuilder("{\"x\":[0");
        for (int i = 1; i < 1_000_000; i++) {
            json.append(',').append(i);
        }
        json.append("],\"y\":1}");
        Mappings mapping = new Mappings().column("x", "ARRAY<BIGINT>").column("x[999999]", "BIGINT");
        @Nullable Object[] row = mapping.mapper().newRow();

        assertThat(map(mapping, json.toString().getBytes(StandardCharsets.UTF_8), row))
                .isNull();
        assertThat((List<?>) Objects.requireNonNull(row[0])).hasSize(1_000_000);
        assertThat(row[1]).isEqualTo(999_999L);
    }

    @Test
    void many_different_keys_are_a_map_and_no_burden() throws Exception {
        StringBuilder json = new StringBuilder("{\"y\":1");
        for (int i = 0; i < 300_000; i++) {
            json.append(",\"key ").append(i).append("\":").append(i);
        }
        json.append('}');
        Mappings mapping = new Mappings().column("__value__", "MAP<STRING,INT>").column("y", "INT");
        @Nullable Object[] row = mapping.mapper().newRow();

        assertThat(map(mapping, json.toString().getBytes(StandardCharsets.UTF_8), row))
                .isNull();
        assertThat(row[1]).isEqualTo(1);
    }

    @Test
    void keys_that_hash_alike_are_no_burden() throws Exception {
        // Texts of 2^15 combinations of "Aa" and "BB", which have one and the same hash in the JDK.
        StringBuilder json = new StringBuilder("{\"y\":1");
        for (int i = 0; i < 1 << 15; i++) {
            json.append(",\"");
            for (int bit = 0; bit < 15; bit++) {
                json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\":1");
        }
        json.append('}');

        assertThat(map(new Mappings().column("__value__", "MAP<STRING,INT>").column("y", "INT"), json.toString()))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "BIGINT | 1e400000000 | it is out of the range of BIGINT",
                "BIGINT | 1e-400000000 | a number with decimals",
                "BIGINT | 1e99999999999 | it is no number",
                "TINYINT | 1e400000000 | it is out of the range of TINYINT",
                "DOUBLE | 1e400000000 | it is out of the range of DOUBLE",
                "FLOAT | -1e400000000 | it is out of the range of FLOAT",
                "DECIMAL(38,18) | 1e400000000 | it is out of the range of DECIMAL(38,18)",
                "DATETIME | 1e400000000 | it is out of the range of BIGINT",
                "BOOLEAN | 1e400000000 | it is neither true nor false",
                "ARRAY<DECIMAL(10,2)> | [1e400000000] | at [0]: it is out of the range of DECIMAL(10,2)",
                "MAP<DECIMAL(10,2),INT> | {\"1e400000000\":1} | it is out of the range of DECIMAL(10,2)"
            })
    void numbers_that_would_fill_the_memory_are_dirty(String type, String json, String reason) throws Exception {
        assertThat(dirty(new Mappings().column("x", type), "{\"x\":" + json + "}")
                        .reason())
                .contains(reason);
    }

    @Test
    void numbers_that_are_as_good_as_nothing_are_nothing() throws Exception {
        Mappings mapping = new Mappings().column("x", "DOUBLE").column("x", "DECIMAL(10,2)");
        @Nullable Object[] row = mapping.mapper().newRow();

        assertThat(map(mapping, "{\"x\":1e-400000000}".getBytes(StandardCharsets.UTF_8), row))
                .isNull();
        assertThat(row[0]).isEqualTo(0.0);
        assertThat(row[1]).hasToString("0.00");
    }

    @Test
    void a_number_of_ten_thousand_digits_is_text_and_nothing_else() throws Exception {
        String digits = "7".repeat(10_000);
        Mappings text = new Mappings().column("x", "STRING");
        @Nullable Object[] row = text.mapper().newRow();

        assertThat(map(text, ("{\"x\":" + digits + "}").getBytes(StandardCharsets.UTF_8), row))
                .isNull();
        assertThat(new String((byte[]) Objects.requireNonNull(row[0]), StandardCharsets.UTF_8))
                .isEqualTo(digits);
        assertThat(map(new Mappings().column("y", "INT"), "{\"x\":" + digits + ",\"y\":1}"))
                .isNull();
        for (String type : List.of("BIGINT", "DOUBLE", "DECIMAL(38,0)", "DATETIME", "BOOLEAN", "FLOAT")) {
            assertThat(dirty(new Mappings().column("x", type), "{\"x\":" + digits + "}")
                            .excerpt())
                    .hasSize(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                "1.",
                ".5",
                "0x10",
                "1_000",
                "'a'",
                "tru",
                "nul",
                "\"\\x41\"",
                "\"\\u12\"",
                "\"open",
                "\"\u0001\"",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "[1 2]",
                "1} {",
                "/* c */ 1",
                "\u0000"
            })
    void what_is_no_json_is_dirty(String bad) throws Exception {
        DirtyRecord dirty = dirty(everything(), "{\"x\":" + bad + "}");

        assertThat(dirty.column()).isEqualTo("__value__");
        assertThat(dirty.reason()).startsWith("the value is no JSON: ").doesNotContain("\u0000", "\n");
        assertThat(dirty.excerpt()).doesNotContain("\u0000", "\u0001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\ufeff", "{\"x\":1", "{\"x\":\"ä", "[", "\"", "{\"x\":1}}", "{}{}", "{} x"})
    void what_breaks_off_or_goes_on_is_dirty(String value) throws Exception {
        assertThat(dirty(everything(), value).reason()).startsWith("the value is no JSON: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e4", "f09f98", "c0af", "eda080", "ff", "80", "f8888080"})
    void bytes_that_are_no_utf8_are_dirty_whether_text_or_bytes(String hex) throws Exception {
        byte[] bad = java.util.HexFormat.of().parseHex(hex);
        for (PayloadType type : List.of(PayloadType.STRING, PayloadType.BYTEARRAY)) {
            for (String place : List.of("x", "unmapped")) {
                ByteArrayOutputStream json = new ByteArrayOutputStream();
                json.writeBytes(("{\"" + place + "\":\"a").getBytes(StandardCharsets.UTF_8));
                json.writeBytes(bad);
                json.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
                Mappings mapping = new Mappings().column("x", "STRING").valueType(type);

                assertThat(map(mapping, json.toByteArray(), mapping.mapper().newRow()))
                        .as("%s %s", type, place)
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STRING", "VARCHAR(9)", "CHAR(9)", "BINARY", "ARRAY<STRING>", "MAP<STRING,STRING>"})
    void half_a_character_never_becomes_a_question_mark(String type) throws Exception {
        for (String half : List.of("\\ud83d", "a\\ude00", "\\ude00\\ud83d", "\\ud83d\\ud83d\\ude00")) {
            String json = type.startsWith("ARRAY")
                    ? "[\"" + half + "\"]"
                    : type.startsWith("MAP") ? "{\"k\":\"" + half + "\"}" : "\"" + half + "\"";

            assertThat(dirty(new Mappings().column("x", type), "{\"x\":" + json + "}")
                            .reason())
                    .contains("half of a surrogate pair");
        }
        assertThat(map(new Mappings().column("x", "STRING"), "{\"x\":\"\\ud83d\\ude00\"}"))
                .isNull();
    }

    @Test
    void keys_and_indexes_of_attackers_do_not_get_at_other_columns() throws Exception {
        Mappings mapping =
                new Mappings().column("a.b", "STRING").column("a[0]", "STRING").column("a", "STRING");
        @Nullable Object[] row = mapping.mapper().newRow();

        assertThat(map(
                        mapping,
                        "{\"a.b\":1,\"a[0]\":2,\"a\":{\"b\":{\"b\":3},\"0\":4}}".getBytes(StandardCharsets.UTF_8),
                        row))
                .isNull();
        assertThat(new String((byte[]) Objects.requireNonNull(row[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"b\":3}");
        assertThat(row[1]).isNull();
    }
}
