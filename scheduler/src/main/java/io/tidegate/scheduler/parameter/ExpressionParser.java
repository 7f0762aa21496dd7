package io.tidegate.scheduler.parameter;

import io.tidegate.scheduler.parameter.ExpressionPart.BuiltInValue;
import io.tidegate.scheduler.parameter.ExpressionPart.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a whole expression, from left to right and once. Indexes count from 0. */
final class ExpressionParser {
    private final Source source;
    private final Hints hints = new Hints();
    private int at;

    ExpressionParser(String text) {
        this.source = new Source(text);
    }

    List<ExpressionPart> parse() {
        String text = source.text();
        if (text.isEmpty()) {
            throw source.error(
                    0, 1, "the value is empty", "write a constant, $bizdate, ${yyyymmdd} or $[yyyymmddhh24mi]");
        }
        if (text.length() > ParameterExpression.CHARACTERS_MAX) {
            throw source.error(
                    ParameterExpression.CHARACTERS_MAX,
                    ParameterExpression.CHARACTERS_MAX + 1,
                    "the value is longer than " + ParameterExpression.CHARACTERS_MAX + " characters",
                    "shorten it");
        }
        var parts = new ArrayList<ExpressionPart>();
        while (at < text.length()) {
            parts.add(text.charAt(at) == '$' ? afterDollar() : constant());
        }
        return parts;
    }

    List<ParameterHint> hints() {
        return hints.byColumn();
    }

    private Constant constant() {
        int from = at;
        while (at < source.text().length() && source.text().charAt(at) != '$') {
            char c = source.text().charAt(at);
            if (Source.isBlank(c)) {
                throw source.error(
                        at,
                        at + 1,
                        Source.quoted(c) + " cannot stand in a value outside brackets",
                        "make two parameters and join them in the code, e.g. ${day} ${hour}");
            }
            if (c == '=') {
                throw equalsSign();
            }
            at++;
        }
        String text = source.text().substring(from, at);
        hints.constant(text, from);
        return new Constant(text);
    }

    private ExpressionPart afterDollar() {
        char next = source.at(at + 1, source.text().length());
        if (next == '{') {
            int from = at + 2;
            int close = close('}', ']');
            at = close + 1;
            return new BracketReader(source, from, close, hints).businessDate();
        }
        if (next == '[') {
            int from = at + 2;
            int close = close(']', '}');
            at = close + 1;
            return new BracketReader(source, from, close, hints).scheduledTime();
        }
        if (Source.isLetter(next)) {
            return builtIn();
        }
        throw source.error(at, at + 1, "this '$' starts nothing", "write ${…}, $[…] or a built-in such as $bizdate");
    }

    /** The bracket that closes the one behind the dollar sign at the current index. */
    private int close(char closing, char other) {
        String opening = source.text().substring(at, at + 2);
        for (int i = at + 2; i < source.text().length(); i++) {
            char c = source.text().charAt(i);
            if (c == closing) {
                return i;
            }
            if (c == other) {
                throw source.error(
                        i,
                        i + 1,
                        "'" + opening + "' is closed by '" + closing + "', not by '" + c + "'",
                        "write " + closing);
            }
            if (c == '$' || c == '{' || c == '[') {
                throw source.error(
                        at,
                        at + 2,
                        "'" + opening + "' is not closed before the next '" + c + "'",
                        "write '" + closing + "' before it; brackets do not nest");
            }
            if (c == '=') {
                at = i;
                throw equalsSign();
            }
            if (c != ' ' && Source.isBlank(c)) {
                throw source.error(
                        i,
                        i + 1,
                        Source.quoted(c) + " cannot stand in brackets",
                        "write spaces only, or close the bracket");
            }
        }
        throw source.error(at, at + 2, "'" + opening + "' is never closed", "write '" + closing + "' where it ends");
    }

    private ParameterSyntaxException equalsSign() {
        return source.error(
                at,
                at + 1,
                "'=' cannot stand in a value",
                "write one assignment for each name, and '=' itself in the code");
    }

    private BuiltInValue builtIn() {
        int from = at;
        at++;
        while (at < source.text().length() && Source.isLetter(source.text().charAt(at))) {
            at++;
        }
        String word = source.text().substring(from + 1, at);
        BuiltIn builtIn = BuiltIn.named(word);
        if (builtIn == null) {
            throw source.error(from, at, "there is no built-in '$" + word + "'", cureFor(word));
        }
        return new BuiltInValue(builtIn, false);
    }

    private static String cureFor(String word) {
        for (BuiltIn builtIn : BuiltIn.values()) {
            if (word.toLowerCase(Locale.ROOT).startsWith(builtIn.word())
                    && word.length() > builtIn.word().length()) {
                return "letters right behind a name belong to it; put a digit or a sign between, or move the text into the code";
            }
        }
        for (BuiltIn builtIn : BuiltIn.values()) {
            if (isNear(word.toLowerCase(Locale.ROOT), builtIn.word())) {
                return "write $" + builtIn.word();
            }
        }
        return "there are $bizdate $cyctime $gmtdate $bizmonth $jobid $nodeid $taskid; a date format stands in brackets";
    }

    /** Whether at most two letters are wrong, missing or too many. */
    private static boolean isNear(String word, String name) {
        if (Math.abs(word.length() - name.length()) > 2) {
            return false;
        }
        int[] row = new int[name.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= word.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int changed = diagonal + (word.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[name.length()] <= 2;
    }
}
