package io.tidegate.engine.mapping;

/** BINARY: bytes as they are, text in UTF-8. */
final class BinaryConverter extends ColumnConverter {

    @Override
    Object fromText(String text) throws UnfitValueException {
        return fromBytes(WholeText.utf8(text));
    }

    @Override
    Object fromNumber(String digits) throws UnfitValueException {
        return fromText(digits);
    }

    @Override
    Object fromBoolean(boolean value) throws UnfitValueException {
        return fromText(value ? "true" : "false");
    }

    @Override
    Object fromStructure(String json) throws UnfitValueException {
        return fromText(json);
    }

    @Override
    Object fromBytes(byte[] bytes) throws UnfitValueException {
        if (bytes.length > OverLength.BYTES_MAX) {
            throw new UnfitValueException(
                    "it has %d bytes; a BINARY holds at most %d".formatted(bytes.length, OverLength.BYTES_MAX));
        }
        return bytes;
    }

    @Override
    String typeName() {
        return "BINARY";
    }
}
