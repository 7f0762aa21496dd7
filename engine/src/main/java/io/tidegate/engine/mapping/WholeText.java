package io.tidegate.engine.mapping;

import java.nio.charset.StandardCharsets;

/** Text that can be written in UTF-8 as it is. */
final class WholeText {
    private WholeText() {}

    /**
     * The bytes of the text. JSON can hold one half of a character, as {@code \ud83d}; UTF-8 cannot, and the JDK would put a
     * question mark in its place.
     */
    static byte[] utf8(String text) throws UnfitValueException {
        check(text);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses text that holds half of a surrogate pair. */
    static void check(String text) throws UnfitValueException {
        boolean high = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (high != Character.isLowSurrogate(c)) {
                throw half(high ? i - 1 : i, text);
            }
            high = Character.isHighSurrogate(c);
        }
        if (high) {
            throw half(text.length() - 1, text);
        }
    }

    private static UnfitValueException half(int at, String text) {
        return new UnfitValueException("character %d is half of a surrogate pair (\\u%04x), which is no text"
                .formatted(at + 1, (int) text.charAt(at)));
    }
}
