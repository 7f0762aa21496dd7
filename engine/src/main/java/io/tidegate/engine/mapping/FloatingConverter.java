package io.tidegate.engine.mapping;

import java.math.BigDecimal;

/** FLOAT and DOUBLE. */
final class FloatingConverter extends ColumnConverter {
    private final ColumnType type;

    FloatingConverter(ColumnType type) {
        this.type = type;
    }

    @Override
    Object fromText(String text) throws UnfitValueException {
        return fromNumber(text);
    }

    @Override
    Object fromNumber(String digits) throws UnfitValueException {
        BigDecimal number = NumberText.parse(digits);
        if (type.kind() == ColumnType.Kind.FLOAT) {
            // Straight from the digits: by way of double it would be rounded twice.
            float value = Float.parseFloat(number.toString());
            if (Float.isInfinite(value)) {
                throw outOfRange();
            }
            return value;
        }
        double value = Double.parseDouble(number.toString());
        if (Double.isInfinite(value)) {
            throw outOfRange();
        }
        return value;
    }

    @Override
    Object fromBoolean(boolean value) throws UnfitValueException {
        return fromNumber(value ? "1" : "0");
    }

    private UnfitValueException outOfRange() {
        return new UnfitValueException("it is out of the range of " + type.name());
    }

    @Override
    String typeName() {
        return type.name();
    }
}
