package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tidegate.engine.mapping.JsonFindings.Kind;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of many paths in one pass over a JSON text: {@link PlainJson}'s where the text is as plain as nearly all
 * are, else that of a parser. Not thread-safe.
 *
 * <p>Of a key that stands there twice the last value counts, as in the usual JSON readers, and nothing of the first one.
 */
final class JsonExtractor {
    /** Deeper values are nobody's data, and some readers of the table recurse. */
    private static final int DEPTH_MAX = 1000;

    /** The reader keeps some thousand keys of earlier records, so that they must not be of any length. */
    private static final int KEY_CHARACTERS_MAX = 8192;

    /**
     * Reads bytes as UTF-8 whatever they look like, so that byte positions can be trusted. Long texts and numbers are
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
                        .maxNameLength(KEY_CHARACTERS_MAX)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build());
    }

    private final PathTrie root;
    private final JsonFindings findings;
    private final PlainJson plain;

    /**
     * @param paths for each slot the path whose value goes there, or null for none
     * @param json for each slot whether the JSON text is wanted, of strings and numbers too
     */
    JsonExtractor(List<SourceField.@Nullable JsonPath> paths, boolean[] json) {
        this.root = PathTrie.of(paths, json);
        this.findings = new JsonFindings(paths.size());
        this.plain = new PlainJson(root, findings);
    }

    /** What the last call found. */
    JsonFindings findings() {
        return findings;
    }

    /**
     * Finds what stands at the paths of a JSON text in UTF-8.
     *
     * @throws IOException when it is no JSON
     */
    void extract(byte[] utf8) throws IOException {
        findings.begin(utf8);
        if (!plain.read(utf8)) {
            parse(utf8);
        }
    }

    /** By the parser, whatever the text looks like. */
    void parse(byte[] utf8) throws IOException {
        findings.begin(utf8);
        int begin = startsWithByteOrderMark(utf8) ? 3 : 0;
        try (JsonParser parser = BYTES.createParser(utf8, begin, utf8.length - begin)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new IOException("it is empty");
            }
            visit(root, first, parser, begin);
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

    /** @param origin where the parser's count of bytes begins */
    private void visit(PathTrie node, JsonToken token, JsonParser parser, int origin) throws IOException {
        if (token.isScalarValue()) {
            for (PathTrie.Slot slot : node.slots()) {
                takeScalar(slot, token, parser, origin);
            }
            return;
        }
        long begin =
                node.slots().length == 0 ? 0 : parser.currentTokenLocation().getByteOffset();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                descend(node.key(parser.currentName()), parser, origin);
            }
        } else {
            descendElements(node, parser, origin);
        }
        for (PathTrie.Slot slot : node.slots()) {
            takeStructure(slot, begin, parser, origin);
        }
    }

    private void descendElements(PathTrie node, JsonParser parser, int origin) throws IOException {
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            PathTrie child = node.element(index++);
            if (child == null) {
                parser.skipChildren();
            } else {
                visit(child, token, parser, origin);
            }
        }
    }

    private void descend(@Nullable PathTrie child, JsonParser parser, int origin) throws IOException {
        JsonToken token = parser.nextToken();
        if (child == null) {
            parser.skipChildren();
        } else {
            findings.forget(child);
            visit(child, token, parser, origin);
        }
    }

    private void takeScalar(PathTrie.Slot slot, JsonToken token, JsonParser parser, int origin) throws IOException {
        switch (token) {
            case VALUE_NULL -> findings.found(slot.number(), Kind.NULL, "");
            case VALUE_TRUE -> findings.found(slot.number(), Kind.TRUE, "");
            case VALUE_FALSE -> findings.found(slot.number(), Kind.FALSE, "");
            case VALUE_STRING -> {
                if (slot.json()) {
                    long begin = parser.currentTokenLocation().getByteOffset();
                    parser.finishToken();
                    takeStructure(slot, begin, parser, origin);
                } else {
                    findings.found(slot.number(), Kind.TEXT, parser.getText());
                }
            }
            default -> findings.found(slot.number(), Kind.NUMBER, parser.getText());
        }
    }

    private void takeStructure(PathTrie.Slot slot, long begin, JsonParser parser, int origin) {
        long end = parser.currentLocation().getByteOffset();
        findings.found(slot.number(), Kind.STRUCTURE, origin + (int) begin, origin + (int) end);
    }

    static String reason(IOException e) {
        String message =
                e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
        int lineEnd = message.indexOf('\n');
        return lineEnd < 0 ? message : message.substring(0, lineEnd);
    }
}
