package io.tidegate.scheduler.parameter;

/** Writes values as JSON. This package is pure and brings no JSON library for two functions. */
final class JsonText {
    private JsonText() {}

    /** What stands between the quotes of a JSON string with this value. */
    static String escaped(String value) {
        var escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    // Lone halves of a surrogate pair have no UTF-8; escaped they survive.
                    if (c < 0x20 || (Character.isSurrogate(c) && !isPaired(value, i))) {
                        escaped.append(String.format("\\u%04x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** A value outside quotes: itself when it is a JSON number or word, else a string. */
    static String scalar(String value) {
        boolean word = value.equals("true") || value.equals("false") || value.equals("null");
        return word || isNumber(value) ? value : '"' + escaped(value) + '"';
    }

    private static boolean isPaired(String value, int i) {
        if (Character.isHighSurrogate(value.charAt(i))) {
            return i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1));
        }
        return i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }

    /** By the grammar of RFC 8259: no leading zeros, no plus sign, digits on both sides of a point. */
    private static boolean isNumber(String value) {
        int at = value.startsWith("-") ? 1 : 0;
        int whole = digits(value, at);
        if (whole == at || (value.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        if (at < value.length() && value.charAt(at) == '.') {
            int fraction = digits(value, at + 1);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < value.length() && (value.charAt(at) == 'e' || value.charAt(at) == 'E')) {
            int digits = at + 1;
            if (digits < value.length() && Source.isSign(value.charAt(digits))) {
                digits++;
            }
            int exponent = digits(value, digits);
            if (exponent == digits) {
                return false;
            }
            at = exponent;
        }
        return at == value.length();
    }

    private static int digits(String value, int from) {
        int at = from;
        while (at < value.length() && Source.isDigit(value.charAt(at))) {
            at++;
        }
        return at;
    }
}
