package io.tidegate.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.mapping.JsonFindings.Kind;
import io.tidegate.engine.mapping.SourceField.JsonPath;
import io.tidegate.engine.mapping.SourceField.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random documents and paths: the streaming pass must find what a tree of the whole document holds. */
class JsonExtractorPropertyTest {
    private static final ObjectMapper TREE = new ObjectMapper();
    private static final String[] KEYS = {"a", "b", "c", "a.b", "ä", "", "x y", "\\\"q\\\""};
    private static final String[] NAMES = {"a", "b", "c", "a.b", "ä", "", "x y", "\"q\""};
    private static final String[] SCALARS = {
        "1",
        "-0",
        "1.50",
        "1e3",
        "-12.5E-3",
        "123456789012345678901234567890",
        "\"\"",
        "\"text\"",
        "\"ä \\u00df\\n\\\\\"",
        "\"😀\"",
        "true",
        "false",
        "null"
    };

    static List<Long> seeds() {
        return new Random(20261122L).longs(60).boxed().toList();
    }

    private final StringBuilder json = new StringBuilder();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_streaming_pass_finds_what_the_tree_holds(long seed) throws IOException {
        Random random = new Random(seed);
        List<@Nullable JsonPath> paths = new ArrayList<>();
        boolean[] wantsJson = new boolean[12];
        for (int i = 0; i < wantsJson.length; i++) {
            paths.add(path(random));
            wantsJson[i] = random.nextBoolean();
        }
        JsonExtractor extractor = new JsonExtractor(paths, wantsJson);
        for (int document = 0; document < 50; document++) {
            json.setLength(0);
            write(random, 0);
            String text = json.toString();
            JsonNode tree = TREE.readTree(text);
            extractor.extract(text.getBytes(StandardCharsets.UTF_8));
            for (int slot = 0; slot < paths.size(); slot++) {
                String description = "seed %d, path %s in %s".formatted(seed, paths.get(slot), text);
                compare(extractor.findings(), slot, wantsJson[slot], at(tree, paths.get(slot)), description);
            }
        }
    }

    private static void compare(
            JsonFindings found, int slot, boolean json, @Nullable JsonNode expected, String description)
            throws IOException {
        Kind kind = found.kind(slot);
        if (expected == null) {
            assertThat(kind).as(description).isEqualTo(Kind.MISSING);
        } else if (expected.isNull()) {
            assertThat(kind).as(description).isEqualTo(Kind.NULL);
        } else if (expected.isBoolean()) {
            assertThat(kind).as(description).isEqualTo(expected.booleanValue() ? Kind.TRUE : Kind.FALSE);
        } else if (expected.isTextual() && !json) {
            assertThat(kind).as(description).isEqualTo(Kind.TEXT);
            assertThat(found.text(slot)).as(description).isEqualTo(expected.textValue());
        } else if (expected.isNumber()) {
            assertThat(kind).as(description).isEqualTo(Kind.NUMBER);
            assertThat(TREE.readTree(found.text(slot))).as(description).isEqualTo(expected);
        } else {
            assertThat(kind).as(description).isEqualTo(Kind.STRUCTURE);
            assertThat(found.text(slot))
                    .as(description)
                    .isEqualTo(found.text(slot).strip());
            assertThat(TREE.readTree(found.text(slot))).as(description).isEqualTo(expected);
        }
    }

    private static @Nullable JsonNode at(JsonNode tree, @Nullable JsonPath path) {
        JsonNode node = tree;
        for (Step step : path == null ? List.<Step>of() : path.steps()) {
            if (node == null) {
                return null;
            }
            node = step instanceof Step.Key key ? node.get(key.name()) : node.get(((Step.Index) step).index());
        }
        return node;
    }

    private static JsonPath path(Random random) {
        List<Step> steps = new ArrayList<>();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            steps.add(
                    random.nextInt(3) == 0
                            ? new Step.Index(random.nextInt(3))
                            : new Step.Key(NAMES[random.nextInt(NAMES.length)]));
        }
        return new JsonPath(steps);
    }

    private void write(Random random, int depth) {
        space(random);
        int choice = random.nextInt(depth == 0 ? 10 : 6 + depth * 3);
        if (choice < 5 && depth < 5) {
            writeObject(random, depth);
        } else if (choice < 8 && depth < 5) {
            writeArray(random, depth);
        } else {
            json.append(SCALARS[random.nextInt(SCALARS.length)]);
        }
        space(random);
    }

    /** Keys may repeat: the tree keeps the last one, too. */
    private void writeObject(Random random, int depth) {
        json.append('{');
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",");
            space(random);
            json.append('"').append(KEYS[random.nextInt(KEYS.length)]).append('"');
            space(random);
            json.append(':');
            write(random, depth + 1);
        }
        json.append('}');
    }

    private void writeArray(Random random, int depth) {
        json.append('[');
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",");
            write(random, depth + 1);
        }
        json.append(']');
    }

    private void space(Random random) {
        if (random.nextInt(4) == 0) {
            json.append(random.nextBoolean() ? " " : "\n\t");
        }
    }
}
