package io.tidegate.engine.mapping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes text and tells when the bytes are none, instead of putting question marks in their place. Not thread-safe. */
final class TextDecoder {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What no byte of ASCII has, in each of eight bytes. */
    private static final long HIGH_BITS = 0x8080808080808080L;

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
        if (!isAscii(bytes)) {
            decode(bytes);
        }
        return bytes;
    }

    /** Eight bytes at a time: byte by byte this took a tenth of a whole copy. */
    private static boolean isAscii(byte[] bytes) {
        long high = 0;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            high |= (long) WORDS.get(bytes, at);
        }
        for (; at < bytes.length; at++) {
            high |= bytes[at];
        }
        return (high & HIGH_BITS) == 0;
    }

    /** For showing to people: what cannot be decoded is replaced. */
    String excerpt(byte[] bytes, int charactersMax) {
        int length = Math.min(bytes.length, charactersMax * 4);
        String text = new String(bytes, 0, length, charset);
        return text.length() <= charactersMax ? text : text.substring(0, charactersMax);
    }
}
