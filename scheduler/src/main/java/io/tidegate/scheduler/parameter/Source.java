package io.tidegate.scheduler.parameter;

/**
 * The text that is being read, and how errors and words about it are made. Indexes count from 0 and stay inside this package.
 */
record Source(String text) {

    ParameterSyntaxException error(int from, int to, String reason, String cure) {
        return new ParameterSyntaxException(text, from + 1, Math.max(1, to - from), reason, cure);
    }

    int skipSpaces(int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** The character at an index, or a blank where the range ends. */
    char at(int index, int to) {
        return index < to ? text.charAt(index) : ' ';
    }

    boolean isDigit(int index, int to) {
        return index < to && isDigit(text.charAt(index));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** A character in quotes, or its number where it cannot be seen. */
    static String quoted(char c) {
        if (c == ' ') {
            return "a space";
        }
        return isBlank(c) ? String.format("the character U+%04X", (int) c) : "'" + c + "'";
    }
}
