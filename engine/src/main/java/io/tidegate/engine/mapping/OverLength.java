package io.tidegate.engine.mapping;

/**
 * What becomes of text that is too long for its column: for STRING by its bytes in UTF-8, for VARCHAR and CHAR by the
 * characters that the type allows. Inside of nested values such text always makes the record dirty.
 *
 * @param rule what to do
 * @param stringBytesMax the longest STRING, in bytes, 1 to {@link #BYTES_MAX}
 */
public record OverLength(Rule rule, int stringBytesMax) {
    /** The service's own limit of a field. */
    public static final int BYTES_MAX = 8 << 20;

    /** Longer text makes the record dirty. */
    public static final OverLength REFUSED = new OverLength(Rule.REFUSE, BYTES_MAX);

    public OverLength {
        if (stringBytesMax < 1 || stringBytesMax > BYTES_MAX) {
            throw new IllegalArgumentException("a STRING of %d bytes".formatted(stringBytesMax));
        }
    }

    /** What to do with text that is too long. */
    public enum Rule {
        /** The record is dirty. */
        REFUSE,
        /** The text is cut behind the last character that fits as a whole. */
        TRUNCATE,
        /** The column becomes NULL. */
        SET_NULL
    }
}
