package io.tidegate.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.mapping.SourceField.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the quick reader says yes to must be JSON for the parser, too, with the same values at every path. */
class PlainJsonTest {
    private static final List<String> PATHS = List.of(
            "a", "a.b", "a[0]", "a[1].b", "b", "['']", "['ä']", "['a.b']", "c.c.c", "a", "b[2]", "['xäyz12345']");
    private static final String[] DOCUMENTS = {
        "{\"a\":{\"b\":\"text\"},\"b\":[1,2,-3.5e+10],\"c\":{\"c\":{\"c\":null}}}",
        "{\"a\":[\"x\\n\\u00e4\\ud83d\\ude00\",{\"b\":true}],\"\":false,\"ä\":\"€😀\",\"a.b\":0}",
        "[ {\"a\" : 1 } , \"long enough for two words\", {} , [] ]",
        "{\"a\":{\"b\":1},\"a\":2,\"a\":{\"b\":\"the last one counts\"},\"xäyz12345\":\"\\\"\\\\\\/\\b\\f\\r\\t\"}",
        "\"one text\"",
        "-0.0E-0",
        "{\"deep\":[[[[[[[{\"a\":[]}]]]]]]],\"b\":\"\\uD83D alone\",\"a\":\"\"}"
    };
    private static final String PIECES = "{}[],:\"\\\"\\ \n\t\r0123456789-+.eEtrufalsn\u0000\u0001\u007fä😀\ufeffbc/'";

    private final JsonFindings quick = new JsonFindings(PATHS.size());
    private final boolean[] json = new boolean[PATHS.size()];
    private final List<JsonPath> paths = new ArrayList<>();
    private final JsonExtractor extractor;
    private final PlainJson plain;

    PlainJsonTest() throws FieldSyntaxException {
        for (int i = 0; i < PATHS.size(); i++) {
            paths.add((JsonPath) SourceField.parse(PATHS.get(i)));
            json[i] = i % 3 == 2;
        }
        extractor = new JsonExtractor(List.copyOf(paths), json);
        plain = new PlainJson(PathTrie.of(List.copyOf(paths), json), quick);
    }

    static List<Long> seeds() {
        return new Random(20261122L).longs(40).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_it_takes_is_what_the_parser_finds(long seed) {
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder(DOCUMENTS[random.nextInt(DOCUMENTS.length)]);
            for (int changes = random.nextInt(4); changes > 0 && !text.isEmpty(); changes--) {
                change(text, random);
            }
            taken += agrees(text.toString()) ? 1 : 0;
        }
        assertThat(taken).as("texts that it took").isGreaterThan(1000);
    }

    private static void change(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
            case 2 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
            default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(12))));
        }
    }

    private boolean agrees(String text) {
        // As the mapper does it: only whole characters come here.
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        quick.begin(utf8);
        if (!plain.read(utf8)) {
            return false;
        }
        try {
            extractor.parse(utf8);
        } catch (IOException e) {
            throw new AssertionError("the parser refuses " + text, e);
        }
        for (int slot = 0; slot < PATHS.size(); slot++) {
            assertThat(quick.kind(slot) + " " + quick.text(slot))
                    .as("%s in %s", PATHS.get(slot), text)
                    .isEqualTo(extractor.findings().kind(slot) + " "
                            + extractor.findings().text(slot));
        }
        return true;
    }

    @Test
    void it_takes_every_document_that_nothing_is_odd_about() {
        for (String document : DOCUMENTS) {
            assertThat(agrees(document)).as(document).isTrue();
        }
    }

    @Test
    void it_finds_the_end_of_a_string_at_every_place_of_a_word() {
        for (int length = 0; length < 40; length++) {
            String text = "ä".repeat(length / 3) + "x".repeat(length);
            assertThat(agrees("{\"a\":\"" + text + "\",\"b\":\"" + text + "\\n\"}"))
                    .isTrue();
            assertThat(agrees("{\"a\":\"" + text + "\u001f\"}")).isFalse();
            assertThat(agrees("{\"a\":\"" + text)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"\\u0061\":1}",
                "{\"x\":{\"\\udc00\":1}}",
                "\ufeff{}",
                "{\"a\":NaN}",
                "",
                "{} {}",
                "{\"a\":01}"
            })
    void what_is_odd_it_leaves_to_the_parser(String text) {
        assertThat(agrees(text)).isFalse();
    }

    @Test
    void what_is_deep_or_has_very_long_keys_it_leaves_to_the_parser() {
        assertThat(agrees("[".repeat(64) + "]".repeat(64))).isTrue();
        assertThat(agrees("[".repeat(65) + "]".repeat(65))).isFalse();
        assertThat(agrees("{\"" + "k".repeat(1000) + "\":1}")).isTrue();
        assertThat(agrees("{\"" + "k".repeat(1100) + "\":1}")).isFalse();
    }
}
