package io.tidegate.engine.mapping;

import io.tidegate.engine.mapping.ColumnType.Kind;
import io.tidegate.engine.mapping.ColumnType.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a type from left to right, as {@code STRUCT<id:BIGINT,`a b`:ARRAY<DECIMAL(10,2)>>}. */
final class ColumnTypeParser {
    /** Deeper ones are no type anybody made by hand; conversion recurses as deep. */
    private static final int DEPTH_MAX = 64;

    private final String text;
    private int position;

    private ColumnTypeParser(String text) {
        this.text = text;
    }

    /** A text that is no type. */
    private static final class NoType extends Exception {
        private static final long serialVersionUID = 1L;

        NoType() {
            super(null, null, false, false);
        }
    }

    static ColumnType parse(String text) {
        try {
            ColumnTypeParser parser = new ColumnTypeParser(text);
            ColumnType type = parser.type(0);
            parser.skipBlanks();
            return parser.position == text.length() ? type : ColumnType.other(text);
        } catch (NoType e) {
            return ColumnType.other(text);
        }
    }

    private ColumnType type(int depth) throws NoType {
        if (depth > DEPTH_MAX) {
            throw new NoType();
        }
        String word = word().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "ARRAY" -> {
                expect('<');
                ColumnType element = type(depth + 1);
                expect('>');
                yield ColumnType.nested(Kind.ARRAY, List.of(new Member("element", element)));
            }
            case "MAP" -> {
                expect('<');
                ColumnType key = type(depth + 1);
                expect(',');
                ColumnType value = type(depth + 1);
                expect('>');
                yield ColumnType.nested(Kind.MAP, List.of(new Member("key", key), new Member("value", value)));
            }
            case "STRUCT" -> ColumnType.nested(Kind.STRUCT, structMembers(depth));
            default -> plain(word);
        };
    }

    private List<Member> structMembers(int depth) throws NoType {
        List<Member> members = new ArrayList<>();
        expect('<');
        do {
            String name = memberName();
            expect(':');
            members.add(new Member(name, type(depth + 1)));
        } while (taken(','));
        expect('>');
        return members;
    }

    private String memberName() throws NoType {
        if (!taken('`')) {
            return word();
        }
        StringBuilder name = new StringBuilder();
        while (true) {
            int end = text.indexOf('`', position);
            if (end < 0) {
                throw new NoType();
            }
            name.append(text, position, end);
            position = end + 1;
            // A doubled quote stands for itself.
            if (position == text.length() || text.charAt(position) != '`') {
                return name.toString();
            }
            name.append('`');
            position++;
        }
    }

    private ColumnType plain(String word) throws NoType {
        Kind kind = kind(word);
        int first = 0;
        int second = 0;
        StringBuilder name = new StringBuilder(word);
        if (taken('(')) {
            first = number();
            name.append('(').append(first);
            if (taken(',')) {
                second = number();
                name.append(',').append(second);
            }
            expect(')');
            name.append(')');
        }
        if (kind == Kind.DECIMAL && first == 0) {
            // DECIMAL without digits is the old type: 36 digits before the point, 18 after it.
            return ColumnType.plain(kind, name.toString(), 54, 18);
        }
        return ColumnType.plain(kind, name.toString(), first, second);
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(word) && !kind.isNested()) {
                return kind;
            }
        }
        return Kind.OTHER;
    }

    private String word() throws NoType {
        skipBlanks();
        int begin = position;
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        if (position == begin) {
            throw new NoType();
        }
        return text.substring(begin, position);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    private int number() throws NoType {
        String digits = word();
        if (digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new NoType();
        }
        return Integer.parseInt(digits);
    }

    private void expect(char c) throws NoType {
        if (!taken(c)) {
            throw new NoType();
        }
    }

    private boolean taken(char c) {
        skipBlanks();
        boolean there = position < text.length() && text.charAt(position) == c;
        position += there ? 1 : 0;
        return there;
    }

    private void skipBlanks() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
    }
}
