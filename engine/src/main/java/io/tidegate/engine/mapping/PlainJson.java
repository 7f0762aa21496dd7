package io.tidegate.engine.mapping;

import io.tidegate.engine.mapping.JsonFindings.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that nearly all records hold, in a fraction of the time of a parser that must take everything: values are
 * not decoded unless they are wanted, and strings are passed over eight bytes at a time. It reads to the end, so that what
 * follows behind the wanted values is checked, too.
 *
 * <p>It says yes only to what surely is JSON. Whatever else it meets (errors, deep nesting, very long keys, escapes in
 * keys, a byte order mark) it leaves to the parser, which alone decides and explains. Not thread-safe.
 */
final class PlainJson {
    /** Deeper nesting is left to the parser, which counts it. */
    private static final int DEPTH_MAX = 64;

    /** Longer keys are left to the parser, which has a limit for them. */
    private static final int KEY_BYTES_MAX = 1024;

    private static final int UNSURE = -1;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final PathTrie root;
    private final JsonFindings findings;
    private byte[] source = {};
    private boolean escaped;

    PlainJson(PathTrie root, JsonFindings findings) {
        this.root = root;
        this.findings = findings;
    }

    /**
     * Reads a text to its end.
     *
     * @param utf8 known to be UTF-8
     * @return whether it surely is JSON; else the findings are of no worth
     */
    boolean read(byte[] utf8) {
        source = utf8;
        int end = value(root, space(0), 0);
        return end != UNSURE && space(end) == utf8.length;
    }

    /** The byte at a place; behind the end 0, which is nowhere allowed. */
    private byte at(int place) {
        return place < source.length ? source[place] : 0;
    }

    private int space(int from) {
        int i = from;
        byte c = at(i);
        while (c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
            c = at(++i);
        }
        return i;
    }

    /** All of these return the place behind the value, or UNSURE. */
    private int value(@Nullable PathTrie node, int begin, int depth) {
        return switch (at(begin)) {
            case '"' -> text(node, begin);
            case '{' -> depth == DEPTH_MAX ? UNSURE : whole(node, begin, object(node, begin, depth + 1));
            case '[' -> depth == DEPTH_MAX ? UNSURE : whole(node, begin, array(node, begin, depth + 1));
            case 'n' -> word(node, begin, NULL, Kind.NULL);
            case 't' -> word(node, begin, TRUE, Kind.TRUE);
            case 'f' -> word(node, begin, FALSE, Kind.FALSE);
            default -> number(node, begin);
        };
    }

    private int whole(@Nullable PathTrie node, int begin, int end) {
        if (end != UNSURE) {
            take(node, Kind.STRUCTURE, begin, end);
        }
        return end;
    }

    private int object(@Nullable PathTrie node, int begin, int depth) {
        int i = space(begin + 1);
        if (at(i) == '}') {
            return i + 1;
        }
        while (at(i) == '"') {
            int keyEnd = closingQuote(i + 1);
            if (keyEnd == UNSURE || keyEnd - i > KEY_BYTES_MAX || escaped) {
                return UNSURE;
            }
            PathTrie child = node == null ? null : node.key(source, i + 1, keyEnd);
            i = space(keyEnd + 1);
            if (at(i) != ':') {
                return UNSURE;
            }
            if (child != null) {
                findings.forget(child);
            }
            i = value(child, space(i + 1), depth);
            if (i == UNSURE) {
                return UNSURE;
            }
            i = space(i);
            if (at(i) != ',') {
                return at(i) == '}' ? i + 1 : UNSURE;
            }
            i = space(i + 1);
        }
        return UNSURE;
    }

    private int array(@Nullable PathTrie node, int begin, int depth) {
        int i = space(begin + 1);
        if (at(i) == ']') {
            return i + 1;
        }
        for (int index = 0; ; index++) {
            i = value(node == null ? null : node.element(index), i, depth);
            if (i == UNSURE) {
                return UNSURE;
            }
            i = space(i);
            if (at(i) != ',') {
                return at(i) == ']' ? i + 1 : UNSURE;
            }
            i = space(i + 1);
        }
    }

    private int word(@Nullable PathTrie node, int begin, byte[] word, Kind kind) {
        for (int i = 1; i < word.length; i++) {
            if (at(begin + i) != word[i]) {
                return UNSURE;
            }
        }
        take(node, kind, begin, begin + word.length);
        return begin + word.length;
    }

    private int number(@Nullable PathTrie node, int begin) {
        int first = at(begin) == '-' ? begin + 1 : begin;
        int i = at(first) == '0' ? first + 1 : digits(first);
        if (i == first) {
            return UNSURE;
        }
        if (at(i) == '.') {
            int fraction = i + 1;
            i = digits(fraction);
            if (i == fraction) {
                return UNSURE;
            }
        }
        if (at(i) == 'e' || at(i) == 'E') {
            int exponent = at(i + 1) == '+' || at(i + 1) == '-' ? i + 2 : i + 1;
            i = digits(exponent);
            if (i == exponent) {
                return UNSURE;
            }
        }
        take(node, Kind.NUMBER, begin, i);
        return i;
    }

    private int digits(int from) {
        int i = from;
        while (at(i) >= '0' && at(i) <= '9') {
            i++;
        }
        return i;
    }

    private int text(@Nullable PathTrie node, int begin) {
        int quote = closingQuote(begin + 1);
        if (quote == UNSURE || node == null) {
            return quote == UNSURE ? UNSURE : quote + 1;
        }
        String unescaped = null;
        for (PathTrie.Slot slot : node.slots()) {
            if (slot.json()) {
                findings.found(slot.number(), Kind.STRUCTURE, begin, quote + 1);
            } else if (escaped) {
                unescaped = unescaped == null ? unescaped(begin + 1, quote) : unescaped;
                findings.found(slot.number(), Kind.TEXT, unescaped);
            } else {
                findings.found(slot.number(), Kind.TEXT, begin + 1, quote);
            }
        }
        return quote + 1;
    }

    private void take(@Nullable PathTrie node, Kind kind, int begin, int end) {
        if (node != null) {
            for (PathTrie.Slot slot : node.slots()) {
                findings.found(slot.number(), kind, begin, end);
            }
        }
    }

    /** The place of the quote that ends a string, and whether there were escapes before it. */
    private int closingQuote(int from) {
        escaped = false;
        int i = from;
        while (true) {
            i = special(i);
            if (at(i) == '"') {
                return i;
            }
            if (at(i) != '\\') {
                return UNSURE;
            }
            escaped = true;
            i = behindEscape(i + 1);
            if (i == UNSURE) {
                return UNSURE;
            }
        }
    }

    /** The next quote, backslash or control character, or the end of the text. */
    private int special(int from) {
        int i = from;
        for (; i + Long.BYTES <= source.length; i += Long.BYTES) {
            long word = (long) WORDS.get(source, i);
            // Marks bytes that are zero, below 0x20 here; borrows only ever mark bytes behind a true one.
            long quote = word ^ (ONES * '"');
            long backslash = word ^ (ONES * '\\');
            long marks = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * 0x20) & ~word);
            marks &= HIGH_BITS;
            if (marks != 0) {
                return i + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (i < source.length && source[i] != '"' && source[i] != '\\' && (source[i] < 0 || source[i] >= 0x20)) {
            i++;
        }
        return i;
    }

    private int behindEscape(int letter) {
        switch (at(letter)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return letter + 1;
            }
            case 'u' -> {
                for (int i = 1; i <= 4; i++) {
                    if (Character.digit(at(letter + i), 16) < 0) {
                        return UNSURE;
                    }
                }
                return letter + 5;
            }
            default -> {
                return UNSURE;
            }
        }
    }

    /** The text of a string whose escapes were checked. */
    private String unescaped(int begin, int end) {
        StringBuilder text = new StringBuilder(end - begin);
        int i = begin;
        while (i < end) {
            int backslash = Math.min(special(i), end);
            text.append(new String(source, i, backslash - i, StandardCharsets.UTF_8));
            i = backslash;
            if (i < end) {
                i = behindEscape(backslash + 1);
                text.append(character(backslash + 1));
            }
        }
        return text.toString();
    }

    private char character(int letter) {
        return switch (source[letter]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 1; i <= 4; i++) {
                    code = code << 4 | Character.digit(source[letter + i], 16);
                }
                yield (char) code;
            }
            default -> (char) source[letter];
        };
    }
}
