package io.tidegate.engine.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes text and tells when the bytes are none, instead of putting question marks in their place. Not thread-safe. */
final class TextDecoder {
    private final Charset charset;
    private final CharsetDecoder decoder;

    TextDecoder(String charset) {
        this.charset = Charset.forName(charset);
        this.decoder = this.charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    String decode(byte[] bytes) throws UnfitValueException {
        try {
            return decoder.decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new UnfitValueException("its bytes are no %s text".formatted(charset.name()));
        }
    }

    /** The same text in UTF-8: the very same bytes where that is what they are. */
    byte[] utf8(byte[] bytes) throws UnfitValueException {
        if (!charset.equals(StandardCharsets.UTF_8)) {
            return decode(bytes).getBytes(StandardCharsets.UTF_8);
        }
        for (byte b : bytes) {
            if (b < 0) {
                decode(bytes);
                return bytes;
            }
        }
        return bytes;
    }

    /** For showing to people: what cannot be decoded is replaced. */
    String excerpt(byte[] bytes, int charactersMax) {
        int length = Math.min(bytes.length, charactersMax * 4);
        String text = new String(bytes, 0, length, charset);
        return text.length() <= charactersMax ? text : text.substring(0, charactersMax);
    }
}
