package io.tidegate.engine.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** DECIMAL. Digits beyond the column's scale are rounded half up, as the service does itself. */
final class DecimalConverter extends ColumnConverter {
    private final ColumnType type;

    DecimalConverter(ColumnType type) {
        this.type = type;
    }

    @Override
    Object fromText(String text) throws UnfitValueException {
        return fromNumber(text);
    }

    @Override
    Object fromNumber(String digits) throws UnfitValueException {
        BigDecimal number = NumberText.parse(digits);
        int integerDigitsMax = type.length() - type.scale();
        if (number.signum() == 0) {
            return BigDecimal.ZERO.setScale(type.scale());
        }
        // Looked at before it is scaled: 1e999999999 would fill the memory.
        long integerDigits = (long) number.precision() - number.scale();
        if (integerDigits > integerDigitsMax) {
            throw outOfRange();
        }
        if (integerDigits < -(long) type.scale() - 1) {
            return BigDecimal.ZERO.setScale(type.scale());
        }
        BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() - rounded.scale() > integerDigitsMax) {
            throw outOfRange();
        }
        return rounded;
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
