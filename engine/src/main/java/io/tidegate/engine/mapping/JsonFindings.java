package io.tidegate.engine.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What stands at each path of one JSON text. Texts are made when they are asked for. */
final class JsonFindings {
    private final Kind[] kinds;
    private final @Nullable String[] texts;
    private final int[] begins;
    private final int[] ends;
    private byte[] source = {};

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

    JsonFindings(int slots) {
        this.kinds = new Kind[slots];
        this.texts = new @Nullable String[slots];
        this.begins = new int[slots];
        this.ends = new int[slots];
        Arrays.fill(kinds, Kind.MISSING);
    }

    /** Nothing is found yet in this text, which is UTF-8. */
    void begin(byte[] utf8) {
        source = utf8;
        Arrays.fill(kinds, Kind.MISSING);
        Arrays.fill(texts, null);
    }

    /** A key that comes a second time takes away what its first value had left. */
    void forget(PathTrie node) {
        for (int slot : node.slotsBelow()) {
            kinds[slot] = Kind.MISSING;
            texts[slot] = null;
        }
    }

    /** What the bytes {@code [begin, end)} of the source say, as they stand there. */
    void found(int slot, Kind kind, int begin, int end) {
        kinds[slot] = kind;
        texts[slot] = null;
        begins[slot] = begin;
        ends[slot] = end;
    }

    /** What stands there, in other letters than those of the source; empty for null, true and false. */
    void found(int slot, Kind kind, String text) {
        kinds[slot] = kind;
        texts[slot] = text;
    }

    Kind kind(int slot) {
        return kinds[slot];
    }

    /** The text of what was found; empty for null, true and false. */
    String text(int slot) {
        String text = texts[slot];
        if (text != null) {
            return text;
        }
        return switch (kinds[slot]) {
            case MISSING, NULL, TRUE, FALSE -> "";
            case TEXT, NUMBER, STRUCTURE ->
                new String(source, begins[slot], ends[slot] - begins[slot], StandardCharsets.UTF_8);
        };
    }

    /** A copy of the text's bytes, where they stand in the source as they are; else null. */
    byte @Nullable [] utf8(int slot) {
        return texts[slot] == null ? Arrays.copyOfRange(source, begins[slot], ends[slot]) : null;
    }
}
