package io.tidegate.sandbox.maxcompute.sql;

import io.tidegate.sandbox.maxcompute.storage.Names;

/**
 * One token of a statement.
 *
 * @param text as written, or the value for a string and the name for a quoted name
 * @param line from 1
 * @param column from 1
 */
record Token(Kind kind, String text, int line, int column) {
    enum Kind {
        WORD,
        /** Between backticks. */
        NAME,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** As an identifier of ours. */
    String name() {
        return Names.folded(text);
    }

    String place() {
        return "[" + line + "," + column + "]";
    }

    /** As messages quote it. */
    String shown() {
        return kind == Kind.END ? "<EOF>" : text;
    }
}
