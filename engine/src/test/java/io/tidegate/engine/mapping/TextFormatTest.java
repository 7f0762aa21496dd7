package io.tidegate.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.DirtyRecord;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {
    private static @Nullable Object[] mapped(RowMapper mapper, String value) {
        @Nullable Object[] row = mapper.newRow();
        assertThat(mapper.map(Mappings.record(value), row)).isNull();
        return readable(row);
    }

    /** Text is kept as its bytes in UTF-8. */
    private static @Nullable Object[] readable(@Nullable Object[] row) {
        @Nullable Object[] readable = row.clone();
        for (int i = 0; i < row.length; i++) {
            readable[i] = row[i] instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : row[i];
        }
        return readable;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                ", ~ a,b,c ~ a ~ c",
                ", ~ a ~ a ~ none",
                ", ~ a,,c ~ a ~ c",
                ", ~ a,b, ~ a ~ ``",
                ", ~ a,b,c,d ~ a ~ c",
                "|| ~ a||b|x||c ~ a ~ c",
                "||| ~ a||||||b ~ a ~ b",
                ". ~ a.b.c ~ a ~ c",
                "\\t ~ `a\tb\tc` ~ a ~ c",
                "\\u0001 ~ `a\u0001b\u0001c` ~ a ~ c",
                "\\\\ ~ a\\b\\c ~ a ~ c"
            })
    void values_are_cut_at_the_delimiter_whatever_its_characters_mean_elsewhere(
            String delimiter, String value, String first, @Nullable String third) throws Exception {
        String literal = TextFormat.by(delimiter).delimiter();
        RowMapper mapper = new Mappings()
                .column("0", "STRING")
                .column("2", "STRING")
                .text(literal)
                .mapper();

        assertThat(mapped(mapper, value)).containsExactly(first, third);
    }

    @Test
    void text_converts_as_text_does_and_attributes_and_constants_stay_what_they_are() throws Exception {
        RowMapper mapper = new Mappings()
                .column("1", "BIGINT")
                .column("__key__", "STRING")
                .column("'7'", "STRING")
                .column("__value__", "STRING")
                .text(",")
                .mapper();

        assertThat(mapped(mapper, "a,12")).containsExactly(12L, "k", "7", "a,12");
        DirtyRecord dirty = mapper.map(Mappings.record("a,much"), mapper.newRow());
        assertThat(dirty).isNotNull();
        assertThat(dirty.column()).isEqualTo("c0");
        assertThat(dirty.excerpt()).isEqualTo("much");
    }

    @Test
    void without_a_delimiter_the_value_is_its_only_field() throws Exception {
        RowMapper mapper = new Mappings().column("0", "STRING").text(null).mapper();

        assertThat(mapped(mapper, "a,b")).containsExactly("a,b");
        assertThatThrownBy(() -> new Mappings().column("1", "STRING").text(null).mapper())
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("only position 0");
    }

    @Test
    void empty_fields_become_null_where_the_job_says_so() throws Exception {
        RowMapper mapper =
                new Mappings().column("0", "STRING").text(",").emptyAsNull().mapper();

        assertThat(mapped(mapper, ",b")).containsExactly((Object) null);
    }

    @Test
    void other_character_sets_are_decoded_before_the_cut_and_bytes_that_are_no_text_are_dirty() throws Exception {
        RowMapper gbk =
                new Mappings().column("1", "STRING").text("，").encoding("GBK").mapper();
        @Nullable Object[] row = gbk.newRow();
        assertThat(gbk.map(Mappings.record("甲，乙".getBytes(Charset.forName("GBK"))), row))
                .isNull();
        assertThat(readable(row)).containsExactly("乙");

        RowMapper utf8 = new Mappings().column("1", "STRING").text(",").mapper();
        DirtyRecord dirty = utf8.map(Mappings.record(new byte[] {'a', ',', (byte) 0xff}), utf8.newRow());
        assertThat(dirty).isNotNull();
        assertThat(dirty.column()).isEqualTo("__value__");
        assertThat(dirty.reason()).startsWith("the value is no text");
    }

    @ParameterizedTest
    @CsvSource({"a", "a.b", "0[1]", "['0']", "-1", "12345"})
    void a_field_of_text_is_a_position(String field) {
        assertThatThrownBy(
                        () -> new Mappings().column(field, "STRING").text(",").mapper())
                .isInstanceOf(MappingRefused.class)
                .hasMessageContaining("position");
    }

    @ParameterizedTest
    @CsvSource({"\\|", "\\", "\\u00", "\\u00zz"})
    void an_escape_that_nobody_knows_is_refused(String delimiter) {
        assertThatThrownBy(() -> TextFormat.by(delimiter)).isInstanceOf(IllegalArgumentException.class);
    }
}
