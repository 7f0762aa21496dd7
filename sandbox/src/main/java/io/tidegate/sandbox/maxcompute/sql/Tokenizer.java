package io.tidegate.sandbox.maxcompute.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts MaxCompute SQL into tokens: comments and hints fall away, strings lose their quotes and escapes. */
final class Tokenizer {
    private static final List<String> LONG_SYMBOLS = List.of("<=>", "==", "<>", "!=", "<=", ">=", "||", "&&", "::");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Tokenizer(String text) {
        this.text = text;
    }

    /** All tokens, an END last. */
    static List<Token> tokens(String text) throws SqlFailure {
        Tokenizer tokenizer = new Tokenizer(text);
        tokenizer.run();
        return tokenizer.tokens;
    }

    private void run() throws SqlFailure {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                step();
            } else if (text.startsWith("--", at)) {
                while (at < text.length() && text.charAt(at) != '\n') {
                    step();
                }
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else {
                token(c);
            }
        }
        tokens.add(token(Token.Kind.END, ""));
    }

    private void token(char c) throws SqlFailure {
        if (Character.isLetter(c) || c == '_' || c == '@') {
            word();
        } else if (c == '`') {
            backticked();
        } else if (c == '\'' || c == '"') {
            string(c);
        } else if (Character.isDigit(c) || (c == '.' && at + 1 < text.length() && digitAt(at + 1) && !afterName())) {
            number();
        } else {
            symbol();
        }
    }

    private boolean afterName() {
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        return last != null && (last.isName() || last.is(")") || last.is("]"));
    }

    private void word() {
        Token start = token(Token.Kind.WORD, "");
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_$@".indexOf(text.charAt(at)) >= 0)) {
            step();
        }
        add(start, text.substring(from, at));
    }

    private void backticked() throws SqlFailure {
        Token start = token(Token.Kind.NAME, "`");
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw SqlFailure.parse(start, "the backtick is not closed");
        }
        String name = text.substring(at + 1, end);
        while (at <= end) {
            step();
        }
        add(start, name);
    }

    private void number() {
        Token start = token(Token.Kind.NUMBER, "");
        int from = at;
        while (at < text.length() && (digitAt(at) || text.charAt(at) == '.')) {
            step();
        }
        if (at < text.length() && "eE".indexOf(text.charAt(at)) >= 0 && exponentFollows()) {
            step();
            step();
            while (at < text.length() && digitAt(at)) {
                step();
            }
        }
        String digits = text.substring(from, at);
        // Suffixes of types: 1L, 1Y, 1S, 1BD.
        if (text.regionMatches(true, at, "BD", 0, 2) && !nameAt(at + 2)) {
            step();
            step();
        } else if (at < text.length() && "LlYySs".indexOf(text.charAt(at)) >= 0 && !nameAt(at + 1)) {
            step();
        }
        add(start, digits);
    }

    private boolean exponentFollows() {
        return digitAt(at + 1) || (at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 && digitAt(at + 2));
    }

    private boolean digitAt(int place) {
        return place < text.length() && Character.isDigit(text.charAt(place));
    }

    private boolean nameAt(int place) {
        return place < text.length() && (Character.isLetterOrDigit(text.charAt(place)) || text.charAt(place) == '_');
    }

    private void string(char quote) throws SqlFailure {
        Token start = token(Token.Kind.STRING, String.valueOf(quote));
        StringBuilder value = new StringBuilder();
        step();
        while (true) {
            if (at >= text.length()) {
                throw SqlFailure.parse(start, "the string is not closed");
            }
            char c = text.charAt(at);
            step();
            if (c == quote) {
                break;
            }
            value.append(c == '\\' ? escaped() : String.valueOf(c));
        }
        add(start, value.toString());
    }

    private String escaped() {
        if (at >= text.length()) {
            return "";
        }
        char c = text.charAt(at);
        if (c == 'u'
                && at + 5 <= text.length()
                && text.substring(at + 1, at + 5).matches("\\p{XDigit}{4}")) {
            String value = String.valueOf((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
            at += 5;
            return value;
        }
        step();
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'Z' -> "\u001a";
            // LIKE needs its own escapes.
            case '%', '_' -> "\\" + c;
            default -> String.valueOf(c);
        };
    }

    private void symbol() {
        Token start = token(Token.Kind.SYMBOL, "");
        String symbol = LONG_SYMBOLS.stream()
                .filter(s -> text.startsWith(s, at))
                .findFirst()
                .orElse(String.valueOf(text.charAt(at)));
        for (int i = 0; i < symbol.length(); i++) {
            step();
        }
        add(start, symbol);
    }

    private void skipComment() throws SqlFailure {
        Token start = token(Token.Kind.SYMBOL, "/*");
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw SqlFailure.parse(start, "the comment is not closed");
        }
        while (at < end + 2) {
            step();
        }
    }

    private Token token(Token.Kind kind, String value) {
        return new Token(kind, value, line, at - lineStart + 1);
    }

    private void add(Token start, String value) {
        tokens.add(new Token(start.kind(), value, start.line(), start.column()));
    }

    private void step() {
        if (text.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }
}
