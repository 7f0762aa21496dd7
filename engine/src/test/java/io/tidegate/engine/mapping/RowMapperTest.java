package io.tidegate.engine.mapping;

import static io.tidegate.engine.mapping.Mappings.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineJson;
import io.tidegate.engine.mapping.SourceRecord.Header;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMapperTest {
    private static final String SAMPLE = """
            {"a":{"a1":"hello"},"b":"world","c":["xxxxxxx","yyyyyyy"],
             "d":[{"AA":"this","BB":"is_data"},{"AA":"that","BB":"is_also_data"}],"a.b":"unreachable"}""";

    private static List<@Nullable String> mapped(Mappings mapping, SourceRecord record) throws MappingRefused {
        RowMapper mapper = mapping.mapper();
        @Nullable Object[] row = mapper.newRow();
        assertThat(mapper.map(record, row)).as("dirty").isNull();
        return Arrays.stream(row).map(RowMapperTest::show).collect(Collectors.toList());
    }

    private static @Nullable String show(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : value == null ? null : value.toString();
    }

    private static DirtyRecord dirty(Mappings mapping, SourceRecord record) throws MappingRefused {
        RowMapper mapper = mapping.mapper();
        DirtyRecord dirty = mapper.map(record, mapper.newRow());
        assertThat(dirty).as("the record must be dirty").isNotNull();
        return java.util.Objects.requireNonNull(dirty);
    }

    private static Mappings strings(String... fields) {
        Mappings mapping = new Mappings();
        for (String field : fields) {
            mapping.column(field, "STRING");
        }
        return mapping;
    }

    @Test
    void the_example_of_the_manual_comes_out_as_it_says() throws Exception {
        assertThat(mapped(strings("a.a1", "b", "c[1]", "d[0].AA", "a.b", "['a.b']"), record(SAMPLE)))
                .containsExactly("hello", "world", "yyyyyyy", "this", null, "unreachable");
    }

    @Test
    void the_six_attributes_and_constants_fill_their_columns() throws Exception {
        Mappings mapping = new Mappings()
                .column("__key__", "STRING")
                .column("__value__", "STRING")
                .column("__partition__", "BIGINT")
                .column("__headers__", "STRING")
                .column("__offset__", "BIGINT")
                .column("__timestamp__", "BIGINT")
                .column("'123'", "INT")
                .column("__timestamp__", "DATETIME")
                .column(null, "ARRAY<STRING>");

        assertThat(mapped(mapping, record("v")))
                .containsExactly("k", "v", "3", "{}", "42", "1669082400123", "123", "2022-11-22T02:00:00.123Z", null);
    }

    @Test
    void a_value_that_is_no_json_is_no_concern_of_a_mapping_without_paths() throws Exception {
        assertThat(mapped(strings("__value__"), record("{broken"))).containsExactly("{broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{broken", "", "{\"b\":1} x", "{\"b\":1}{", "nul", "{\"b\":01}", "{'b':1}", "{\"b\":NaN}"})
    void a_value_that_is_no_json_makes_the_record_dirty_where_a_path_is_mapped(String value) throws Exception {
        DirtyRecord dirty = dirty(strings("__key__", "b"), record(value));

        assertThat(dirty.column()).isEqualTo("__value__");
        assertThat(dirty.partition()).isEqualTo(3);
        assertThat(dirty.offset()).isEqualTo(42);
        assertThat(dirty.excerpt()).isEqualTo(value);
        assertThat(dirty.reason()).startsWith("the value is no JSON: ").doesNotContain("\n");
    }

    @Test
    void a_value_that_is_null_gives_nulls() throws Exception {
        assertThat(mapped(strings("__key__", "__value__", "a.a1", "'x'"), record((byte[]) null)))
                .containsExactly("k", null, null, "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "\"text\"", "null", "true", "[]", "{}", "[1,2]", "{\"b\":null}", "{\"b.c\":1}"})
    void a_path_that_is_not_there_gives_null(String value) throws Exception {
        assertThat(mapped(strings("b", "b.c", "b[0]"), record(value))).containsExactly(null, null, null);
    }

    @Test
    void objects_and_arrays_come_as_the_text_that_stands_there() throws Exception {
        String value = "{ \"a\" : { \"x\" : 1.10 , \"y\" : [ 1 , { } ] } , \"b\":[ ] }";

        assertThat(mapped(strings("a", "a.y", "a.x", "b", "a.y[1]"), record(value)))
                .containsExactly("{ \"x\" : 1.10 , \"y\" : [ 1 , { } ] }", "[ 1 , { } ]", "1.10", "[ ]", "{ }");
    }

    @Test
    void numbers_keep_their_digits_as_text() throws Exception {
        assertThat(mapped(strings("n", "m"), record("{\"n\":1.10,\"m\":1E400}")))
                .containsExactly("1.10", "1E400");
    }

    @Test
    void the_last_of_two_equal_keys_counts_with_all_that_is_below() throws Exception {
        assertThat(mapped(strings("a.x", "a.y", "a"), record("{\"a\":{\"x\":1,\"y\":2},\"a\":{\"y\":3}}")))
                .containsExactly(null, "3", "{\"y\":3}");
        assertThat(mapped(strings("a.x", "a"), record("{\"a\":{\"x\":1},\"a\":null}")))
                .containsExactly(null, null);
    }

    @Test
    void json_columns_take_the_text_of_any_value() throws Exception {
        Mappings mapping = new Mappings()
                .column("s", "JSON")
                .column("n", "JSON")
                .column("o", "JSON")
                .column("z", "JSON")
                .column("t", "JSON");

        assertThat(mapped(
                        mapping, record("{\"s\" : \"a\\n\\u00e4ß\",\"n\":1.0,\"o\":{\"x\":[]},\"z\":null,\"t\":true}")))
                .containsExactly("\"a\\n\\u00e4ß\"", "1.0", "{\"x\":[]}", null, "true");
    }

    @Test
    void a_byte_order_mark_does_not_shift_what_is_cut_out() throws Exception {
        assertThat(mapped(strings("a", "b"), record("\uFEFF{\"a\":{\"x\":1},\"b\":2}")))
                .containsExactly("{\"x\":1}", "2");
    }

    @Test
    void text_in_another_character_set_is_read_in_it() throws Exception {
        Charset gbk = Charset.forName("GBK");
        byte[] value = "{\"b\":\"中文\",\"o\":{\"名\":\"值\"}}".getBytes(gbk);

        assertThat(mapped(strings("__value__", "b", "o").encoding("GBK"), record(value)))
                .containsExactly("{\"b\":\"中文\",\"o\":{\"名\":\"值\"}}", "中文", "{\"名\":\"值\"}");
    }

    @Test
    void bytes_that_are_no_text_make_the_record_dirty() throws Exception {
        byte[] value = {'a', (byte) 0xff};

        assertThat(dirty(strings("__value__"), record(value)).reason())
                .isEqualTo("__value__: its bytes are no UTF-8 text");
        assertThat(dirty(strings("b"), record(value)).reason()).contains("its bytes are no UTF-8 text");
    }

    @Test
    void bytes_go_as_they_are_when_they_are_called_so() throws Exception {
        byte[] value = {'a', (byte) 0xff};
        RowMapper mapper = strings("__value__").valueType(PayloadType.BYTEARRAY).mapper();
        @Nullable Object[] row = mapper.newRow();

        assertThat(mapper.map(record(value), row)).isNull();
        assertThat(row[0]).isEqualTo(value);
    }

    @Test
    void numbers_in_binary_are_read_by_their_type() throws Exception {
        byte[] four = ByteBuffer.allocate(4).putInt(-7).array();
        byte[] eight = ByteBuffer.allocate(8).putLong(1_669_082_400_123L).array();
        byte[] real = ByteBuffer.allocate(8).putDouble(0.1).array();
        byte[] small = ByteBuffer.allocate(4).putFloat(0.1f).array();
        byte[] two = ByteBuffer.allocate(2).putShort((short) 300).array();

        assertThat(mapped(strings("__value__").valueType(PayloadType.INTEGER), record(four)))
                .containsExactly("-7");
        assertThat(mapped(strings("__value__").valueType(PayloadType.DOUBLE), record(real)))
                .containsExactly("0.1");
        assertThat(mapped(strings("__value__").valueType(PayloadType.FLOAT), record(small)))
                .containsExactly("0.1");
        assertThat(mapped(strings("__value__").valueType(PayloadType.SHORT), record(two)))
                .containsExactly("300");
        assertThat(mapped(new Mappings().column("__value__", "TIMESTAMP").valueType(PayloadType.LONG), record(eight)))
                .containsExactly(Instant.ofEpochMilli(1_669_082_400_123L).toString());
    }

    @Test
    void a_binary_number_of_another_length_makes_the_record_dirty() throws Exception {
        assertThat(dirty(strings("__value__").valueType(PayloadType.LONG), record("123"))
                        .reason())
                .isEqualTo("__value__: it has 3 bytes, not the 8 of a LONG");
    }

    @Test
    void a_value_that_does_not_fit_names_its_column() throws Exception {
        DirtyRecord dirty = dirty(
                new Mappings().column("a", "STRING").column("b.n", "BIGINT"), record("{\"a\":1,\"b\":{\"n\":\"x\"}}"));

        assertThat(dirty).isEqualTo(new DirtyRecord(3, 42, "c1", "x", "b.n: it is no number"));
    }

    @Test
    void values_that_are_cut_are_counted_for_rows_that_stand_constants_too() throws Exception {
        RowMapper mapper = new Mappings()
                .column("a", "VARCHAR(3)")
                .column("'constant'", "VARCHAR(3)")
                .column("b", "BIGINT")
                .overLength(new OverLength(OverLength.Rule.TRUNCATE, 4))
                .mapper();
        @Nullable Object[] row = mapper.newRow();

        assertThat(mapper.map(record("{\"a\":\"four\",\"b\":1}"), row)).isNull();
        assertThat(mapper.map(record("{\"a\":\"cut but dirty\",\"b\":\"x\"}"), row))
                .isNotNull();
        assertThat(mapper.map(record("{\"a\":\"fit\"}"), row)).isNull();

        assertThat(mapper.shortened()).containsExactly(entry("c0", 1L), entry("c1", 2L));
        assertThat(new Mappings().column("a", "STRING").mapper().shortened()).isEmpty();
    }

    @Test
    void without_a_value_no_other_records_value_is_shown() throws Exception {
        Mappings mapping = new Mappings().required("a", "STRING");
        RowMapper mapper = mapping.mapper();
        @Nullable Object[] row = mapper.newRow();

        assertThat(mapper.map(record("{\"a\":\"secret\"}"), row)).isNull();
        DirtyRecord dirty = mapper.map(record((String) null), row);

        assertThat(Objects.requireNonNull(dirty).excerpt()).isEmpty();
    }

    @Test
    void excerpts_are_short() throws Exception {
        String longText = "ä".repeat(10_000);

        assertThat(dirty(new Mappings().column("a", "BIGINT"), record("{\"a\":\"" + longText + "\"}"))
                        .excerpt())
                .hasSize(200);
        assertThat(dirty(strings("a"), record(longText)).excerpt()).hasSize(200);
    }

    @Test
    void a_row_is_clean_again_after_a_dirty_one() throws Exception {
        RowMapper mapper =
                new Mappings().column("a", "STRING").column("b", "BIGINT").mapper();
        @Nullable Object[] row = mapper.newRow();
        mapper.map(record("{\"a\":\"old\",\"b\":\"x\"}"), row);

        assertThat(mapper.map(record("{\"b\":1}"), row)).isNull();
        assertThat(row).containsExactly(null, 1L);
    }

    @Test
    void empty_text_becomes_null_where_the_job_says_so() throws Exception {
        Mappings mapping = strings("__value__", "'x'").column("a", "BIGINT").emptyAsNull();

        assertThat(mapped(mapping, record("{\"a\":\"\"}"))).containsExactly("{\"a\":\"\"}", "x", null);
        assertThat(mapped(strings("__value__", "''").emptyAsNull(), record(""))).containsExactly(null, null);
        assertThat(mapped(strings("__value__", "''"), record(""))).containsExactly("", "");
        assertThat(dirty(new Mappings().column("a", "BIGINT"), record("{\"a\":\"\"}"))
                        .reason())
                .isEqualTo("a: it is no number");
    }

    @Test
    void headers_become_json_with_nothing_lost() throws Exception {
        SourceRecord record = new SourceRecord(
                0,
                0,
                0,
                null,
                null,
                List.of(
                        new Header("trace", "ä\"".getBytes(StandardCharsets.UTF_8)),
                        new Header("tag", "1".getBytes(StandardCharsets.UTF_8)),
                        new Header("none", null),
                        new Header("tag", "2".getBytes(StandardCharsets.UTF_8)),
                        new Header("raw", new byte[] {(byte) 0xff})));

        assertThat(mapped(strings("__headers__"), record))
                .containsExactly(
                        "{\"trace\":\"ä\\\"\",\"tag\":[\"1\",\"2\"],\"none\":null,\"raw\":{\"base64\":\"/w==\"}}");
        assertThat(record.bytes()).isEqualTo(5 + 3 + 3 + 1 + 4 + 3 + 1 + 3 + 1);
    }

    @Test
    void local_times_that_the_clocks_skip_are_dirty_and_those_they_repeat_are_the_first() throws Exception {
        String skipped = "{\"t\":\"2026-03-08 02:30:00\"}";
        for (String type : List.of("DATETIME", "TIMESTAMP")) {
            assertThat(dirty(new Mappings().column("t", type).zone("America/New_York"), record(skipped))
                            .reason())
                    .isEqualTo("t: there was no such time in America/New_York: the clocks were put forward over it");
            assertThat(mapped(
                            new Mappings().column("t", type).zone("America/New_York"),
                            record("{\"t\":\"2026-11-01 01:30:00\"}")))
                    .containsExactly("2026-11-01T05:30:00Z");
            // The day begins at one o'clock there.
            assertThat(mapped(
                            new Mappings().column("t", type).zone("America/Havana"), record("{\"t\":\"2026-03-08\"}")))
                    .containsExactly("2026-03-08T05:00:00Z");
        }
        assertThat(mapped(
                        new Mappings()
                                .column("t", "DATE")
                                .column("t", "TIMESTAMP_NTZ")
                                .zone("America/New_York"),
                        record(skipped)))
                .containsExactly("2026-03-08", "2026-03-08T02:30");
    }

    @Test
    void excerpts_and_reasons_can_be_stored_and_shown() throws Exception {
        DirtyRecord dirty = dirty(
                new Mappings().column("a", "BIGINT"), record("{\"a\":\"x\\u0000\\n\\u001b" + "😀".repeat(150) + "\"}"));

        assertThat(dirty.excerpt())
                .startsWith("x\ufffd \ufffd😀")
                .endsWith("😀")
                .hasSizeLessThanOrEqualTo(200);
        DirtyRecord bytes = dirty(
                new Mappings().column("__value__", "BIGINT").valueType(PayloadType.BYTEARRAY),
                record(new byte[] {0, 'a', (byte) 0xff}));
        assertThat(bytes.excerpt()).isEqualTo("\ufffda\ufffd");
        DirtyRecord keys =
                dirty(new Mappings().column("__value__", "MAP<INT,INT>"), record("{\"" + "k".repeat(8000) + "\":1}"));
        assertThat(keys.reason()).hasSize(1000);
    }

    @Test
    void a_record_without_timestamp_is_of_no_time() throws Exception {
        SourceRecord record = new SourceRecord(0, 0, -1, null, null, List.of());

        assertThat(mapped(
                        new Mappings()
                                .column("__timestamp__", "BIGINT")
                                .column("__timestamp__", "DATETIME")
                                .column("__timestamp__", "DATE"),
                        record))
                .containsExactly("-1", null, null);
    }

    @Test
    void excerpts_show_the_attribute_that_does_not_fit() throws Exception {
        assertThat(dirty(new Mappings().column("__timestamp__", "INT"), record("v"))
                        .excerpt())
                .isEqualTo("1669082400123");
        assertThat(dirty(new Mappings().column("__offset__", "ARRAY<INT>"), record("v"))
                        .excerpt())
                .isEqualTo("42");
        assertThat(dirty(new Mappings().column("__headers__", "BIGINT"), record("v"))
                        .excerpt())
                .isEqualTo("{}");
    }

    @Test
    void mappings_that_no_record_fits_are_refused_before_the_first_one() {
        assertThatThrownBy(() -> new Mappings().column("'x'", "BIGINT").mapper())
                .isInstanceOf(MappingRefused.class)
                .hasMessage("Column c0: the constant 'x' does not fit BIGINT: it is no number.");
        assertThatThrownBy(() -> new Mappings().column("a", "ARRAY<GEOGRAPHY>").mapper())
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("Column c0 is of type ARRAY<GEOGRAPHY>");
        assertThatThrownBy(() -> new Mappings().column("'[1,x]'", "ARRAY<INT>").mapper())
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("the constant '[1,x]' does not fit ARRAY<INT>: it is no JSON");
        assertThatThrownBy(() -> new Mappings().column("a..b", "STRING").mapper())
                .isInstanceOf(MappingRefused.class)
                .hasMessageStartingWith("Column c0: 'a..b', position 3");
    }

    @Test
    void a_mapping_can_be_sent_to_another_machine() throws Exception {
        MappingSpec spec = new Mappings()
                .column("a", "DECIMAL(10,2)")
                .column(null, "STRING")
                .keyType(PayloadType.LONG)
                .spec();

        assertThat(EngineJson.mapper().readValue(EngineJson.mapper().writeValueAsString(spec), MappingSpec.class))
                .isEqualTo(spec);
    }
}
