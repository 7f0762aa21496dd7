package io.tidegate.sandbox.maxcompute.sql;

import java.util.ArrayList;
import java.util.List;

/** Walks over tokens. */
final class TokenCursor {
    private final List<Token> tokens;
    private int at;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    /** Takes these words if all of them come next. */
    boolean take(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    void expect(String... words) throws SqlFailure {
        for (String word : words) {
            if (!take(word)) {
                throw SqlFailure.parse(peek(), "invalid token '%s', '%s' expected".formatted(peek().shown(), word));
            }
        }
    }

    String name() throws SqlFailure {
        if (!peek().isName()) {
            throw SqlFailure.parse(peek(), "invalid token '%s', a name expected".formatted(peek().shown()));
        }
        return next().name();
    }

    String string() throws SqlFailure {
        if (peek().kind() != Token.Kind.STRING) {
            throw SqlFailure.parse(peek(), "invalid token '%s', a string expected".formatted(peek().shown()));
        }
        return next().text();
    }

    int number() throws SqlFailure {
        try {
            if (peek().kind() == Token.Kind.NUMBER) {
                return Integer.parseInt(next().text());
            }
        } catch (NumberFormatException e) {
            throw SqlFailure.parse(peek(), "the number is too large");
        }
        throw SqlFailure.parse(peek(), "invalid token '%s', a number expected".formatted(peek().shown()));
    }

    void expectEnd() throws SqlFailure {
        while (peek().is(";")) {
            next();
        }
        if (peek().kind() != Token.Kind.END) {
            throw SqlFailure.parse(peek(), "invalid token '%s'".formatted(peek().shown()));
        }
    }

    /** What is left up to the end or the last semicolon; an END last. */
    List<Token> rest() throws SqlFailure {
        int from = at;
        while (peek().kind() != Token.Kind.END && !peek().is(";")) {
            next();
        }
        List<Token> rest = new ArrayList<>(tokens.subList(from, at));
        rest.add(tokens.get(tokens.size() - 1));
        expectEnd();
        return rest;
    }
}
