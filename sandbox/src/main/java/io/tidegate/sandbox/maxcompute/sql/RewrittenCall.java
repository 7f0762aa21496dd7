package io.tidegate.sandbox.maxcompute.sql;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A function that DuckDB spells otherwise, by what takes the place of its parentheses and commas.
 *
 * @param formats what becomes of a string directly after a comma: DuckDB has other letters in date formats
 */
record RewrittenCall(String open, String comma, String close, UnaryOperator<String> formats) {
    /** A parenthesis as any other. */
    static final RewrittenCall PLAIN = new RewrittenCall("(", ",", ")", UnaryOperator.identity());

    private static final String[][] ODPS_FORMATS = {
        {"yyyy", "%Y"},
        {"yy", "%y"},
        {"mi", "%M"},
        {"mm", "%m"},
        {"dd", "%d"},
        {"hh24", "%H"},
        {"hh", "%H"},
        {"ss", "%S"},
        {"ff3", "%g"}
    };
    private static final String[][] JAVA_FORMATS = {
        {"yyyy", "%Y"}, {"MM", "%m"}, {"dd", "%d"}, {"HH", "%H"}, {"mm", "%M"}, {"SSS", "%g"}, {"ss", "%S"}
    };

    /** Empty if the function keeps its form. */
    static Optional<RewrittenCall> of(String function, int arguments) {
        RewrittenCall call = switch (function) {
            // DuckDB's concat passes over NULL; MaxCompute's gives NULL.
            case "concat" ->
                new RewrittenCall("(CAST((", ") AS VARCHAR) || CAST((", ") AS VARCHAR))", UnaryOperator.identity());
            case "to_char" ->
                arguments == 1
                        ? new RewrittenCall("CAST((", ",", ") AS VARCHAR)", UnaryOperator.identity())
                        : new RewrittenCall("strftime(CAST((", ") AS TIMESTAMP),", ")", RewrittenCall::odpsFormat);
            case "date_format" ->
                new RewrittenCall("strftime(CAST((", ") AS TIMESTAMP),", ")", RewrittenCall::javaFormat);
            case "to_date" ->
                arguments == 1
                        ? new RewrittenCall("TRY_CAST((", ",", ") AS DATE)", UnaryOperator.identity())
                        : new RewrittenCall(
                                "CAST(strptime(CAST((",
                                ") AS VARCHAR),",
                                ") AS TIMESTAMPTZ)",
                                RewrittenCall::odpsFormat);
            default -> PLAIN;
        };
        return call.equals(PLAIN) ? Optional.empty() : Optional.of(call);
    }

    private static String odpsFormat(String format) {
        return translated(format, ODPS_FORMATS, true);
    }

    private static String javaFormat(String format) {
        return translated(format, JAVA_FORMATS, false);
    }

    private static String translated(String format, String[][] pairs, boolean anyCase) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            String[] found = null;
            for (String[] pair : pairs) {
                if (found == null && format.regionMatches(anyCase, at, pair[0], 0, pair[0].length())) {
                    found = pair;
                }
            }
            text.append(found == null ? format.substring(at, at + 1) : found[1]);
            at += found == null ? 1 : found[0].length();
        }
        return text.toString();
    }
}
