package io.tidegate.scheduler.alert.channel;

import java.nio.charset.StandardCharsets;

/** Texts that users wrote, made fit for messages. */
public final class PlainText {
    private static final String CUT = "…";

    private PlainText() {}

    /**
     * One line: control characters, line ends and the marks that turn the direction of writing around become spaces.
     *
     * @param charactersMax longer text is cut
     */
    public static String line(String text, int charactersMax) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(c -> clean.appendCodePoint(isHarmless(c) ? c : ' '));
        return cut(clean.toString().strip(), charactersMax);
    }

    private static boolean isHarmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }

    /** Cut between characters, never within a surrogate pair. */
    static String cut(String text, int charactersMax) {
        if (text.length() <= charactersMax) {
            return text;
        }
        int end = charactersMax - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    /** Cut to a number of bytes in UTF-8. */
    static String cutToBytes(String text, int bytesMax) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= bytesMax) {
            return text;
        }
        int room = bytesMax - CUT.getBytes(StandardCharsets.UTF_8).length;
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes + size > room) {
                break;
            }
            bytes += size;
            end += Character.charCount(c);
        }
        return text.substring(0, end) + CUT;
    }
}
