package io.tidegate.engine.mapping;

/** BOOLEAN: true and false, and 1 and 0. */
final class BooleanConverter extends ColumnConverter {

    @Override
    Object fromText(String text) throws UnfitValueException {
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return false;
        }
        throw new UnfitValueException("it is neither true nor false");
    }

    @Override
    Object fromNumber(String digits) throws UnfitValueException {
        return fromText(digits);
    }

    @Override
    Object fromBoolean(boolean value) {
        return value;
    }

    @Override
    String typeName() {
        return "BOOLEAN";
    }
}
