package io.tidegate.engine.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** STRING, as bytes in UTF-8. Every value has a text. */
final class StringConverter extends ColumnConverter {
    private final OverLength overLength;
    private final Runnable shortened;

    StringConverter(ConversionRules rules) {
        this.overLength = rules.overLength();
        this.shortened = rules.shortened();
    }

    @Override
    @Nullable Object fromText(String text) throws UnfitValueException {
        return fromUtf8(WholeText.utf8(text));
    }

    @Override
    @Nullable Object fromUtf8(byte[] bytes) throws UnfitValueException {
        if (bytes.length <= overLength.stringBytesMax()) {
            return bytes;
        }
        return switch (overLength.rule()) {
            case REFUSE ->
                throw new UnfitValueException("it has %d bytes; a STRING holds at most %d"
                        .formatted(bytes.length, overLength.stringBytesMax()));
            case TRUNCATE -> {
                shortened.run();
                yield Arrays.copyOf(bytes, cut(bytes, overLength.stringBytesMax()));
            }
            case SET_NULL -> {
                shortened.run();
                yield null;
            }
        };
    }

    /** The length at which no character is cut through. */
    private static int cut(byte[] bytes, int max) {
        int length = max;
        while (length > 0 && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        // Bytes that are no UTF-8 may go on like this for ever.
        return max - length < 4 ? length : max;
    }

    @Override
    @Nullable Object fromBytes(byte[] bytes) throws UnfitValueException {
        return fromUtf8(bytes);
    }

    @Override
    @Nullable Object fromNumber(String digits) throws UnfitValueException {
        return fromText(digits);
    }

    @Override
    @Nullable Object fromBoolean(boolean value) throws UnfitValueException {
        return fromUtf8((value ? "true" : "false").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    @Nullable Object fromStructure(String json) throws UnfitValueException {
        return fromText(json);
    }

    @Override
    String typeName() {
        return "STRING";
    }
}
