package io.tidegate.engine.mapping;

import java.math.BigDecimal;

/** TINYINT, SMALLINT, INT and BIGINT. */
final class IntegerConverter extends ColumnConverter {
    private final ColumnType type;
    private final long min;
    private final long max;

    IntegerConverter(ColumnType type) {
        this.type = type;
        switch (type.kind()) {
            case TINYINT -> {
                min = Byte.MIN_VALUE;
                max = Byte.MAX_VALUE;
            }
            case SMALLINT -> {
                min = Short.MIN_VALUE;
                max = Short.MAX_VALUE;
            }
            case INT -> {
                min = Integer.MIN_VALUE;
                max = Integer.MAX_VALUE;
            }
            default -> {
                // The service has no -2^63.
                min = -Long.MAX_VALUE;
                max = Long.MAX_VALUE;
            }
        }
    }

    @Override
    Object fromText(String text) throws UnfitValueException {
        return fromNumber(text);
    }

    @Override
    Object fromNumber(String digits) throws UnfitValueException {
        if (isShortInteger(digits)) {
            return fromLong(Long.parseLong(digits));
        }
        BigDecimal number = NumberText.parse(digits);
        if (number.signum() != 0
                && number.scale() > 0
                && number.stripTrailingZeros().scale() > 0) {
            throw new UnfitValueException("a number with decimals does not fit a column of type " + type.name());
        }
        if ((long) number.precision() - number.scale() > 19) {
            throw outOfRange();
        }
        try {
            return fromLong(number.longValueExact());
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    private static boolean isShortInteger(String digits) {
        int begin = digits.startsWith("-") ? 1 : 0;
        if (digits.length() == begin || digits.length() > begin + 18) {
            return false;
        }
        for (int i = begin; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    Object fromLong(long value) throws UnfitValueException {
        if (value < min || value > max) {
            throw outOfRange();
        }
        return switch (type.kind()) {
            case TINYINT -> (byte) value;
            case SMALLINT -> (short) value;
            case INT -> (int) value;
            default -> value;
        };
    }

    @Override
    Object fromBoolean(boolean value) throws UnfitValueException {
        return fromLong(value ? 1 : 0);
    }

    private UnfitValueException outOfRange() {
        return new UnfitValueException("it is out of the range of " + type.name());
    }

    @Override
    String typeName() {
        return type.name();
    }
}
