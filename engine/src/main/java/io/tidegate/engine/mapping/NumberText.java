package io.tidegate.engine.mapping;

import java.math.BigDecimal;

/** Reads numbers from text, without the surprises of the JDK's parsers. */
final class NumberText {
    /** Longer digits are no number anybody meant, and take quadratic time to read. */
    private static final int LENGTH_MAX = 1000;

    private NumberText() {}

    /** A decimal number, with exponent or without. */
    static BigDecimal parse(String text) throws UnfitValueException {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            throw new UnfitValueException("it is no number");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // The JDK would take digits of every script.
            boolean allowed = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
            if (!allowed) {
                throw new UnfitValueException("it is no number");
            }
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new UnfitValueException("it is no number");
        }
    }
}
