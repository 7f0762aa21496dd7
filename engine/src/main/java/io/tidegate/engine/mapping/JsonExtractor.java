package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tidegate.engine.mapping.SourceField.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of many paths in one pass over a JSON text. The paths form a trie: at each key one look-up says whether
 * anybody wants to know. Not thread-safe.
 *
 * <p>Of a key that stands there twice the last value counts, as in the usual JSON readers, and nothing of the first one.
 */
final class JsonExtractor {
    /** Deeper values are nobody's data, and some readers of the table recurse. */
    private static final int DEPTH_MAX = 1000;

    /**
     * Reads bytes as UTF-8 whatever they look like, so that byte positions can be trusted. Long texts, keys and numbers are
     * left to the columns that want them: what nobody maps must not make a record dirty. Keys of data are not interned: there
     * may be no end of them.
     */
    private static final JsonFactory BYTES = factory().build();

    /** Reads text that was decoded already, without a table of keys: those of a map never come again. */
    static final JsonFactory TEXT =
            factory().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

    private static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build());
    }

    private final Node root;
    private final Kind[] kinds;
    private final @Nullable String[] texts;
    private byte[] source = new byte[0];
    private int sourceBegin;

    /** What stands at a path. */
    enum Kind {
        MISSING,
        NULL,
        TEXT,
        NUMBER,
        TRUE,
        FALSE,
        STRUCTURE
    }

    /**
     * @param paths for each slot the path whose value goes there, or null for none
     * @param json for each slot whether the JSON text is wanted, of strings and numbers too
     */
    JsonExtractor(List<SourceField.@Nullable JsonPath> paths, boolean[] json) {
        this.root = new Node();
        this.kinds = new Kind[paths.size()];
        this.texts = new @Nullable String[paths.size()];
        for (int slot = 0; slot < paths.size(); slot++) {
            SourceField.JsonPath path = paths.get(slot);
            if (path != null) {
                root.add(path.steps(), slot, json[slot]);
            }
        }
    }

    Kind kind(int slot) {
        return kinds[slot];
    }

    /** The text of what was found; empty for null, true and false. */
    String text(int slot) {
        String text = texts[slot];
        return text == null ? "" : text;
    }

    /**
     * Fills the slots from a JSON text in UTF-8.
     *
     * @throws IOException when it is no JSON
     */
    void extract(byte[] utf8) throws IOException {
        Arrays.fill(kinds, Kind.MISSING);
        Arrays.fill(texts, null);
        source = utf8;
        sourceBegin = startsWithByteOrderMark(utf8) ? 3 : 0;
        try (JsonParser parser = BYTES.createParser(utf8, sourceBegin, utf8.length - sourceBegin)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new IOException("it is empty");
            }
            visit(root, first, parser);
            if (parser.nextToken() != null) {
                throw new IOException("more follows after the JSON value");
            }
        }
    }

    private static boolean startsWithByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }

    /** The text of a JSON document, which may begin with a byte order mark. */
    static String withoutByteOrderMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private void visit(Node node, JsonToken token, JsonParser parser) throws IOException {
        if (token.isScalarValue()) {
            for (Slot slot : node.slots) {
                takeScalar(slot, token, parser);
            }
            return;
        }
        long begin = node.slots.isEmpty() ? 0 : parser.currentTokenLocation().getByteOffset();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Node child = node.keys.get(parser.currentName());
                descend(child, parser);
            }
        } else {
            descendElements(node, parser);
        }
        if (!node.slots.isEmpty()) {
            String text = slice(begin, parser.currentLocation().getByteOffset());
            for (Slot slot : node.slots) {
                kinds[slot.number] = Kind.STRUCTURE;
                texts[slot.number] = text;
            }
        }
    }

    private void descendElements(Node node, JsonParser parser) throws IOException {
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Node child = node.elements.get(index++);
            if (child == null) {
                parser.skipChildren();
            } else {
                visit(child, token, parser);
            }
        }
    }

    private void descend(@Nullable Node child, JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (child == null) {
            parser.skipChildren();
        } else {
            forget(child);
            visit(child, token, parser);
        }
    }

    private void takeScalar(Slot slot, JsonToken token, JsonParser parser) throws IOException {
        Kind kind = switch (token) {
            case VALUE_NULL -> Kind.NULL;
            case VALUE_TRUE -> Kind.TRUE;
            case VALUE_FALSE -> Kind.FALSE;
            case VALUE_STRING -> Kind.TEXT;
            default -> Kind.NUMBER;
        };
        kinds[slot.number] = kind;
        if (kind == Kind.NUMBER) {
            texts[slot.number] = parser.getText();
        } else if (kind == Kind.TEXT && slot.json) {
            long begin = parser.currentTokenLocation().getByteOffset();
            parser.finishToken();
            kinds[slot.number] = Kind.STRUCTURE;
            texts[slot.number] = slice(begin, parser.currentLocation().getByteOffset());
        } else if (kind == Kind.TEXT) {
            texts[slot.number] = parser.getText();
        }
    }

    private String slice(long begin, long end) {
        return new String(source, sourceBegin + (int) begin, (int) (end - begin), StandardCharsets.UTF_8);
    }

    /** A key that comes a second time takes away what its first value had left. */
    private void forget(Node node) {
        for (int slot : node.slotsBelow) {
            kinds[slot] = Kind.MISSING;
            texts[slot] = null;
        }
    }

    static String reason(IOException e) {
        String message =
                e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
        int lineEnd = message.indexOf('\n');
        return lineEnd < 0 ? message : message.substring(0, lineEnd);
    }

    private record Slot(int number, boolean json) {}

    private static final class Node {
        final Map<String, Node> keys = new HashMap<>();
        final Map<Integer, Node> elements = new HashMap<>();
        final List<Slot> slots = new ArrayList<>();
        int[] slotsBelow = {};

        void add(List<Step> steps, int slot, boolean json) {
            Node node = this;
            node.addBelow(slot);
            for (Step step : steps) {
                node = step instanceof Step.Key key
                        ? node.keys.computeIfAbsent(key.name(), name -> new Node())
                        : node.elements.computeIfAbsent(((Step.Index) step).index(), index -> new Node());
                node.addBelow(slot);
            }
            node.slots.add(new Slot(slot, json));
        }

        private void addBelow(int slot) {
            slotsBelow = Arrays.copyOf(slotsBelow, slotsBelow.length + 1);
            slotsBelow[slotsBelow.length - 1] = slot;
        }
    }
}
