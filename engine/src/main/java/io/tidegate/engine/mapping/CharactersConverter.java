package io.tidegate.engine.mapping;

import io.tidegate.engine.mapping.ColumnType.Kind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** VARCHAR and CHAR, and STRING inside of nested values. Every value has a text. */
final class CharactersConverter extends ColumnConverter {
    private final ColumnType type;
    private final OverLength overLength;
    private final Runnable shortened;

    CharactersConverter(ColumnType type, ConversionRules rules) {
        this.type = type;
        this.overLength = rules.overLength();
        this.shortened = rules.shortened();
    }

    @Override
    @Nullable Object fromText(String text) throws UnfitValueException {
        WholeText.check(text);
        if (type.kind() == Kind.STRING) {
            return checkedBytes(text);
        }
        if (text.length() <= type.length()) {
            return text;
        }
        // Counted as the service's client counts: 😀 is one character.
        int characters = text.codePointCount(0, text.length());
        if (characters <= type.length()) {
            return text;
        }
        return switch (overLength.rule()) {
            case REFUSE ->
                throw new UnfitValueException(
                        "it has %d characters, too many for %s".formatted(characters, type.name()));
            case TRUNCATE -> {
                shortened.run();
                yield text.substring(0, text.offsetByCodePoints(0, type.length()));
            }
            case SET_NULL -> {
                shortened.run();
                yield null;
            }
        };
    }

    private static String checkedBytes(String text) throws UnfitValueException {
        // Three bytes per char at most, so that short texts need no counting.
        if (text.length() > OverLength.BYTES_MAX / 3) {
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > OverLength.BYTES_MAX) {
                throw new UnfitValueException(
                        "it has %d bytes; a STRING holds at most %d".formatted(bytes, OverLength.BYTES_MAX));
            }
        }
        return text;
    }

    @Override
    @Nullable Object fromNumber(String digits) throws UnfitValueException {
        return fromText(digits);
    }

    @Override
    @Nullable Object fromBoolean(boolean value) throws UnfitValueException {
        return fromText(value ? "true" : "false");
    }

    @Override
    @Nullable Object fromStructure(String json) throws UnfitValueException {
        return fromText(json);
    }

    @Override
    String typeName() {
        return type.name();
    }
}
