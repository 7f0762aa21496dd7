package io.tidegate.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.mapping.SourceField.Attribute;
import io.tidegate.engine.mapping.SourceField.Constant;
import io.tidegate.engine.mapping.SourceField.JsonPath;
import io.tidegate.engine.mapping.SourceField.OfRecord;
import io.tidegate.engine.mapping.SourceField.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFieldTest {
    private static SourceField path(Object... steps) {
        List<Step> path = new ArrayList<>();
        for (Object step : steps) {
            path.add(step instanceof Integer index ? new Step.Index(index) : new Step.Key((String) step));
        }
        return new JsonPath(path);
    }

    @ParameterizedTest
    @EnumSource(Attribute.class)
    void attributes_stand_between_underscores(Attribute attribute) throws Exception {
        assertThat(SourceField.parse(attribute.field())).isEqualTo(new OfRecord(attribute));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"'123',123", "'',\"\"", "'it''s',it''s", "'a.b[0]',a.b[0]"})
    void constants_stand_between_quotes(String text, String expected) throws Exception {
        assertThat(SourceField.parse(text)).isEqualTo(new Constant(expected));
    }

    @Test
    void paths_go_down_by_keys_and_indexes() throws Exception {
        assertThat(SourceField.parse("b")).isEqualTo(path("b"));
        assertThat(SourceField.parse("a.a1")).isEqualTo(path("a", "a1"));
        assertThat(SourceField.parse("c[1]")).isEqualTo(path("c", 1));
        assertThat(SourceField.parse("d[0].AA")).isEqualTo(path("d", 0, "AA"));
        assertThat(SourceField.parse("d[0][12].x[3]")).isEqualTo(path("d", 0, 12, "x", 3));
        assertThat(SourceField.parse("[2].x")).isEqualTo(path(2, "x"));
        assertThat(SourceField.parse("größe")).isEqualTo(path("größe"));
        assertThat(SourceField.parse("event-id $x")).isEqualTo(path("event-id $x"));
    }

    @Test
    void keys_with_periods_stand_in_brackets_and_quotes() throws Exception {
        assertThat(SourceField.parse("['a.b']")).isEqualTo(path("a.b"));
        assertThat(SourceField.parse("x['a.b'].c")).isEqualTo(path("x", "a.b", "c"));
        assertThat(SourceField.parse("['it\\'s \\\\']")).isEqualTo(path("it's \\"));
        assertThat(SourceField.parse("['__key__']")).isEqualTo(path("__key__"));
        assertThat(SourceField.parse("['']")).isEqualTo(path(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'",
                "'a",
                ".a",
                "a.",
                "a..b",
                "a[",
                "a[]",
                "a[x]",
                "a[-1]",
                "a[1",
                "a[1]b",
                "a]",
                "['a",
                "['a'",
                "a'b",
                "[99999999999]",
                "__offsets__",
                "a.[0]"
            })
    void what_is_no_field_is_refused(String text) {
        assertThatThrownBy(() -> SourceField.parse(text)).isInstanceOf(FieldSyntaxException.class);
        assertThat(SourceField.looksLikePath(text)).isFalse();
    }

    @Test
    void a_refusal_names_the_position() {
        assertThatThrownBy(() -> SourceField.parse("tag[x]"))
                .hasMessage("'tag[x]', position 5: expected an index, as [0], or a key in quotes, as ['a.b'].");
    }
}
