package io.tidegate.engine.mapping;

import static io.tidegate.engine.mapping.Mappings.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.mapping.ColumnType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ARRAY, MAP and STRUCT from JSON. */
class NestedTypesTest {
    private static @Nullable Object value(Mappings mapping, String json) throws MappingRefused {
        RowMapper mapper = mapping.mapper();
        @Nullable Object[] row = mapper.newRow();
        DirtyRecord dirty = mapper.map(record(json), row);
        assertThat(dirty).isNull();
        return row[0];
    }

    private static @Nullable Object value(String type, String json) throws MappingRefused {
        return value(new Mappings().column("f", type), "{\"f\":" + json + "}");
    }

    private static DirtyRecord dirty(String type, String json) throws MappingRefused {
        RowMapper mapper = new Mappings().column("f", type).mapper();
        return Objects.requireNonNull(
                mapper.map(record("{\"f\":" + json + "}"), mapper.newRow()), "the record must be dirty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "ARRAY<BIGINT> | [1, 2.0, \"3\", true] | [1, 2, 3, 1]",
                "ARRAY<BIGINT> | [] | []",
                "ARRAY<BIGINT> | [null, 1] | [null, 1]",
                "ARRAY<STRING> | [\"a\", 1.50, {\"x\": 1}, [ 2 ], null, false] | [a, 1.50, {\"x\": 1}, [ 2 ], null, false]",
                "ARRAY<JSON> | [\"a\", 1.50, {\"x\":1}] | [\"a\", 1.50, {\"x\":1}]",
                "ARRAY<ARRAY<INT>> | [[1],[],null,[2,3]] | [[1], [], null, [2, 3]]",
                "ARRAY<DECIMAL(10,2)> | [1, 1.005] | [1.00, 1.01]",
                "ARRAY<DATE> | [\"2026-11-22\"] | [2026-11-22]",
                "ARRAY<TIMESTAMP_NTZ> | [\"2026-11-22 10:00:00\", 0] | [2026-11-22T10:00, 1970-01-01T08:00]",
                "MAP<STRING,BIGINT> | {\"a\":1,\"b\":null,\"\":3} | {a=1, b=null, =3}",
                "MAP<STRING,BIGINT> | {\"a\":1,\"b\":2,\"a\":3} | {a=3, b=2}",
                "MAP<STRING,BIGINT> | {\"a\":\"x\",\"a\":3} | {a=3}",
                "MAP<STRING,BIGINT> | {\"a\":[[1,{\"b\":2}],3],\"a\":3} | {a=3}",
                "MAP<STRING,STRING> | {} | {}",
                "MAP<BIGINT,STRING> | {\"1\":\"one\",\"2\":\"two\"} | {1=one, 2=two}",
                "MAP<DATE,MAP<STRING,ARRAY<INT>>> | {\"2026-11-22\":{\"a\":[1]}} | {2026-11-22={a=[1]}}",
                "STRUCT<a:BIGINT,b:STRING> | {\"b\":\"x\",\"a\":1} | [1, x]",
                "STRUCT<a:BIGINT,b:STRING> | {\"a\":1,\"c\":{\"deep\":[1]}} | [1, null]",
                "STRUCT<a:BIGINT,b:STRING> | {} | [null, null]",
                "STRUCT<a:BIGINT> | {\"a\":1,\"a\":2} | [2]",
                "STRUCT<a:BIGINT> | {\"a\":\"x\",\"a\":2} | [2]",
                "STRUCT<a:BIGINT> | {\"a\":[{\"b\":1},2],\"a\":2} | [2]",
                "STRUCT<userid:BIGINT> | {\"userId\":1} | [1]",
                "STRUCT<userid:BIGINT> | {\"userid\":1,\"userId\":2} | [1]",
                "STRUCT<userid:BIGINT> | {\"userId\":2,\"userid\":1} | [1]",
                "STRUCT<`a b`:BIGINT,`c``d`:INT> | {\"a b\":1,\"c`d\":2} | [1, 2]",
                "STRUCT<a:ARRAY<STRUCT<x:INT,y:MAP<STRING,DOUBLE>>>> | {\"a\":[{\"x\":1,\"y\":{\"k\":0.5}},null]} | [[[1, {k=0.5}], null]]",
                "ARRAY<BIGINT> | \"[1,2]\" | [1, 2]",
                "STRUCT<a:ARRAY<INT>> | {\"a\":\"[1]\"} | [[1]]",
                "ARRAY<BIGINT> | \"null\" | null",
                "MAP<STRING,INT> | null | null"
            })
    void nested_values_are_filled_from_json(String type, String json, String expected) throws Exception {
        assertThat(String.valueOf(value(type, json))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "ARRAY<BIGINT> | [1,[2],3] | f: at [1]: a JSON object or array does not fit a column of type BIGINT",
                "ARRAY<BIGINT> | {\"a\":1} | f: an object does not fit ARRAY<BIGINT>",
                "ARRAY<BIGINT> | 1 | f: a number does not fit ARRAY<BIGINT>",
                "ARRAY<BIGINT> | true | f: a value that is no JSON object or array does not fit ARRAY<BIGINT>",
                "ARRAY<BIGINT> | \"1\" | f: a number does not fit ARRAY<BIGINT>",
                "ARRAY<BIGINT> | \"[1\" | f: it is no JSON:",
                "ARRAY<BIGINT> | \"[1] 2\" | f: more follows after the JSON value",
                "ARRAY<BIGINT> | \"\" | f: it is empty, which is no JSON",
                "MAP<STRING,BIGINT> | [1] | f: an array does not fit MAP<STRING,BIGINT>",
                "MAP<BIGINT,STRING> | {\"x\":\"one\"} | f: at the key 'x': it is no number",
                "MAP<BIGINT,STRING> | {\"1\":\"a\",\"1.0\":\"b\"} | f: the keys '1' and '1.0' are one key of the map",
                "MAP<STRING,INT> | {\"a\":3000000000} | f: at ['a']: it is out of the range of INT",
                "STRUCT<a:STRUCT<b:ARRAY<TINYINT>>> | {\"a\":{\"b\":[1,2,300]}} | f: at .a.b[2]: it is out of the range of TINYINT",
                "STRUCT<a:INT> | {\"a\":1,\"a\":\"x\"} | f: at .a: it is no number",
                "STRUCT<a:VARCHAR(2)> | {\"a\":\"abc\"} | f: at .a: it has 3 characters, too many for VARCHAR(2)",
                "ARRAY<STRING> | [\"\\ud83d\"] | f: at [0]: character 1 is half of a surrogate pair",
                "MAP<STRING,INT> | {\"\\udc00\":1} | the value is no JSON: Unexpected low surrogate"
            })
    void what_does_not_fit_is_told_by_its_place(String type, String json, String reason) throws Exception {
        assertThat(dirty(type, json).reason()).contains(reason);
    }

    @Test
    void the_excerpt_shows_the_value_inside_that_does_not_fit() throws Exception {
        String many = "1,".repeat(1000);

        assertThat(dirty("ARRAY<BIGINT>", "[" + many + "\"wrong one\"]").excerpt())
                .isEqualTo("wrong one");
    }

    @Test
    void empty_text_becomes_null_inside_too_but_never_a_key() throws Exception {
        Mappings arrays = new Mappings().column("f", "ARRAY<STRING>").emptyAsNull();
        Mappings numbers = new Mappings().column("f", "STRUCT<a:BIGINT>").emptyAsNull();
        Mappings maps = new Mappings().column("f", "MAP<STRING,STRING>").emptyAsNull();

        assertThat(value(arrays, "{\"f\":[\"\",\"a\"]}")).hasToString("[null, a]");
        assertThat(value(numbers, "{\"f\":{\"a\":\"\"}}")).hasToString("[null]");
        assertThat(value(maps, "{\"f\":{\"\":\"\"}}")).hasToString("{=null}");
        assertThat(value(arrays, "{\"f\":\"\"}")).isNull();
    }

    @Test
    void the_whole_value_or_a_constant_can_be_nested() throws Exception {
        assertThat(value(new Mappings().column("__value__", "STRUCT<a:INT>"), "\ufeff {\"a\":1} "))
                .hasToString("[1]");
        assertThat(value(new Mappings().column("__headers__", "MAP<STRING,STRING>"), "x"))
                .hasToString("{}");
        assertThat(value(new Mappings().column("'[1,2]'", "ARRAY<INT>"), "x")).hasToString("[1, 2]");
    }

    /** The reader works in pieces of a few thousand characters; what is cut out must not shift at their edges. */
    @ParameterizedTest
    @ValueSource(strings = {"ARRAY<JSON>", "ARRAY<STRING>"})
    void what_is_cut_out_of_a_long_text_stands_where_it_stood(String type) throws Exception {
        Random random = new Random(5);
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String text = "é😀x".repeat(random.nextInt(6)) + "\\n".repeat(random.nextInt(3));
            elements.add(
                    switch (random.nextInt(3)) {
                        case 0 -> "{\"i\": %d, \"t\":\"%s\"}".formatted(i, text);
                        case 1 -> "[%d,[\"%s\"]]".formatted(i, text);
                        default -> type.contains("JSON") ? "\"%s\"".formatted(text) : Integer.toString(i);
                    });
        }
        StringBuilder json = new StringBuilder("[").append(elements.get(0));
        for (String element : elements.subList(1, elements.size())) {
            json.append(random.nextBoolean() ? "," : " , \n").append(element);
        }

        assertThat((List<?>) Objects.requireNonNull(value(type, json.append(']').toString())))
                .isEqualTo(elements);
        // Longer than the whole of the reader's buffer, too.
        String longText = "y".repeat(100_000);
        assertThat(String.valueOf(value("ARRAY<JSON>", "[1,\"" + longText + "\",{\"a\":\"" + longText + "\"}]")))
                .isEqualTo("[1, \"" + longText + "\", {\"a\":\"" + longText + "\"}]");
    }

    @Test
    void text_that_is_too_long_inside_is_dirty_whatever_the_rule() throws Exception {
        RowMapper mapper = new Mappings()
                .column("f", "ARRAY<VARCHAR(2)>")
                .overLength(new OverLength(OverLength.Rule.TRUNCATE, 10))
                .mapper();

        assertThat(mapper.map(record("{\"f\":[\"abc\"]}"), mapper.newRow())).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARRAY<STRUCT<a:INT,b_c:MAP<STRING,DECIMAL(38,18)>>>",
                "STRUCT<`a b`:BIGINT,`c``d`:ARRAY<VARCHAR(5)>>",
                "MAP<CHAR(3),TIMESTAMP_NTZ>"
            })
    void types_are_written_as_they_were_read(String type) {
        assertThat(ColumnType.parse(type).name()).isEqualTo(type);
        assertThat(ColumnType.parse(ColumnType.parse(type).name())).isEqualTo(ColumnType.parse(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARRAY",
                "ARRAY<>",
                "ARRAY<INT,INT>",
                "MAP<INT>",
                "STRUCT<>",
                "STRUCT<a>",
                "STRUCT<a:>",
                "STRUCT<`a:INT>",
                "STRUCT<a:INT,>",
                "ARRAY<INT>>",
                "DECIMAL(a,b)",
                ""
            })
    void what_is_no_type_is_left_alone(String text) {
        assertThat(ColumnType.parse(text).kind()).isEqualTo(Kind.OTHER);
    }

    @Test
    void types_may_be_deep_but_not_endless() throws Exception {
        String deep = "ARRAY<".repeat(30) + "INT" + ">".repeat(30);
        String endless = "ARRAY<".repeat(100_000) + "INT" + ">".repeat(100_000);

        assertThat(value(deep, "[".repeat(30) + "7" + "]".repeat(30)))
                .hasToString("[".repeat(30) + "7" + "]".repeat(30));
        assertThat(ColumnType.parse(endless).kind()).isEqualTo(Kind.OTHER);
    }
}
