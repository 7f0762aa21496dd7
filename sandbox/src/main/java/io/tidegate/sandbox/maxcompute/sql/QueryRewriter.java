package io.tidegate.sandbox.maxcompute.sql;

import io.tidegate.sandbox.maxcompute.storage.Names;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a MaxCompute query, token by token, into one that DuckDB understands. */
final class QueryRewriter {
    private static final Set<String> MACROS = Set.of(
            "collect_list",
            "collect_set",
            "dateadd",
            "datediff",
            "datepart",
            "datetrunc",
            "from_unixtime",
            "get_json_object",
            "getdate",
            "size",
            "split",
            "unix_timestamp",
            "wm_concat");
    private static final Map<String, String> RENAMED = Map.of("nvl", "coalesce", "array", "list_value");
    private static final Set<String> COMPARISONS = Set.of("=", "==", "!=", "<>", "<", "<=", ">", ">=");
    private static final Map<String, String> SYMBOLS = Map.of("==", "=", "&&", "AND", "<=>", "IS NOT DISTINCT FROM");
    private static final Map<String, String> TYPES = Map.of(
            "datetime",
            "TIMESTAMPTZ",
            "timestamp",
            "TIMESTAMPTZ_NS",
            "timestamp_ntz",
            "TIMESTAMP_NS",
            "string",
            "VARCHAR",
            "binary",
            "BLOB");

    private final String project;
    private final List<Token> tokens;
    private final TableLookup lookup;
    private final Map<Integer, TableReferences.Reference> tables;
    private final Set<String> textColumns;
    private final StringBuilder sql = new StringBuilder();
    private final List<Rewritten.Piece> pieces = new ArrayList<>();
    /** How to go on inside each open parenthesis. */
    private final Deque<RewrittenCall> calls = new ArrayDeque<>();

    private int at;

    private QueryRewriter(String project, List<Token> tokens, TableLookup lookup) throws SqlFailure, SQLException {
        this.project = project;
        this.tokens = tokens;
        this.lookup = lookup;
        this.tables = TableReferences.find(project, tokens, lookup);
        this.textColumns = TableReferences.textColumns(tables);
    }

    /**
     * Rewrites a query.
     *
     * @param tokens with an END last
     */
    static Rewritten rewrite(String project, List<Token> tokens, TableLookup lookup) throws SqlFailure, SQLException {
        QueryRewriter rewriter = new QueryRewriter(project, tokens, lookup);
        while (tokens.get(rewriter.at).kind() != Token.Kind.END) {
            rewriter.token();
        }
        return new Rewritten(rewriter.sql.toString(), rewriter.pieces);
    }

    private void token() throws SqlFailure, SQLException {
        Token token = tokens.get(at);
        switch (token.kind()) {
            case WORD, NAME -> name(token);
            case STRING -> {
                boolean format = !calls.isEmpty() && before(1).is(",");
                emit(Names.literal(format ? calls.element().formats().apply(token.text()) : token.text()));
                if (before(1).is("LIKE") && token.text().contains("\\")) {
                    emit("ESCAPE '\\'");
                }
                at++;
            }
            case NUMBER -> {
                emit(token.text());
                at++;
            }
            case SYMBOL -> symbol(token);
            case END -> throw new IllegalStateException("the end is not rewritten");
        }
    }

    private void symbol(Token token) {
        switch (token.text()) {
            case "(" -> {
                calls.push(RewrittenCall.PLAIN);
                emit("(");
            }
            case ")" -> emit(calls.isEmpty() ? ")" : calls.pop().close());
            case "," -> emit(calls.isEmpty() ? "," : calls.element().comma());
            case "[" -> {
                emit("[");
                // MaxCompute's arrays begin at 0, DuckDB's at 1.
                if (after(1).kind() == Token.Kind.NUMBER && after(2).is("]")) {
                    at++;
                    emit(tokens.get(at).text() + " + 1");
                }
            }
            default -> emit(SYMBOLS.getOrDefault(token.text(), token.text()));
        }
        at++;
    }

    private void name(Token token) throws SqlFailure, SQLException {
        TableReferences.Reference table = tables.get(at);
        if (table != null) {
            emit(table.table().view());
            at += table.tokens();
        } else if (token.kind() == Token.Kind.WORD && !before(1).is(".") && after(1).is("(")) {
            function(token);
        } else if (token.kind() == Token.Kind.WORD && rewrittenWord(token)) {
            at++;
        } else {
            column();
        }
    }

    private void function(Token token) throws SqlFailure, SQLException {
        String name = token.name();
        Optional<RewrittenCall> call = RewrittenCall.of(name, argumentCount());
        if (name.equals("max_pt")) {
            greatestPartition(token);
        } else if (call.isPresent()) {
            emit(call.get().open());
            calls.push(call.get());
            at += 2;
        } else if (name.equals("cast")) {
            // MaxCompute gives NULL for what cannot be cast.
            emit("TRY_CAST");
            at++;
        } else {
            emit(MACROS.contains(name) ? "functions.f_" + name : RENAMED.getOrDefault(name, token.text()));
            at++;
        }
    }

    private int argumentCount() {
        int depth = 0;
        int commas = 0;
        for (int i = at + 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            commas += depth == 1 && token.is(",") ? 1 : 0;
            if (depth == 0) {
                break;
            }
        }
        return commas + 1;
    }

    private void greatestPartition(Token token) throws SqlFailure, SQLException {
        Token argument = after(2);
        if (argument.kind() != Token.Kind.STRING || !after(3).is(")")) {
            throw SqlFailure.semantic(token, "max_pt expects the name of a table as a string");
        }
        TableName name = StatementParser.tableName(
                project, List.of(argument.text().toLowerCase(Locale.ROOT).split("\\.")), argument);
        TableDefinition table = lookup.find(name.project(), name.table())
                .orElseThrow(() -> SqlFailure.noTable(argument, name.project(), name.table()));
        emit(lookup.greatestPartition(table).map(Names::literal).orElse("NULL"));
        at += 4;
    }

    /** Words that mean something else in DuckDB. */
    private boolean rewrittenWord(Token token) {
        String type = TYPES.get(token.name());
        boolean typePlace = (before(1).is("AS") && after(1).is(")")) || after(1).kind() == Token.Kind.STRING;
        if (type != null && typePlace) {
            emit(type);
            return true;
        }
        if (token.is("DECIMAL") && before(1).is("AS") && after(1).is(")")) {
            emit("DECIMAL(38, 18)");
            return true;
        }
        if (token.is("DIV")) {
            emit("//");
            return true;
        }
        if (token.is("NOT") && after(1).is("RLIKE")) {
            return true;
        }
        if (token.is("RLIKE") && after(1).kind() == Token.Kind.STRING) {
            emit((before(1).is("NOT") ? "!~ " : "~ ") + Names.literal("(?s).*(?:" + after(1).text() + ").*"));
            at++;
            return true;
        }
        return false;
    }

    /** A column, perhaps with its table before it, or a plain word of SQL. */
    private void column() {
        int end = at + 1;
        while (tokens.get(end).is(".") && tokens.get(end + 1).isName()) {
            end += 2;
        }
        boolean compared = textColumns.contains(tokens.get(end - 1).name()) && numberBeside(at, end);
        if (compared) {
            // A string against a number is compared as numbers; what is no number equals none.
            emit("TRY_CAST(");
        }
        for (; at < end; at++) {
            Token token = tokens.get(at);
            emit(token.kind() == Token.Kind.NAME ? Names.quoted(token.text()) : token.text());
        }
        if (compared) {
            sql.append(" AS DOUBLE)");
        }
    }

    private boolean numberBeside(int start, int end) {
        if (start >= 2
                && isComparison(tokens.get(start - 1))
                && tokens.get(start - 2).kind() == Token.Kind.NUMBER) {
            return true;
        }
        int next = tokens.get(end).is("NOT") ? end + 1 : end;
        Token operator = tokens.get(next);
        if (operator.kind() == Token.Kind.END) {
            return false;
        }
        if (isComparison(operator) || operator.is("BETWEEN")) {
            return number(next + 1);
        }
        return operator.is("IN") && tokens.get(next + 1).is("(") && number(next + 2);
    }

    private boolean number(int index) {
        if (index >= tokens.size()) {
            return false;
        }
        boolean signed = tokens.get(index).is("-") || tokens.get(index).is("+");
        return tokens.get(signed ? index + 1 : index).kind() == Token.Kind.NUMBER;
    }

    private static boolean isComparison(Token token) {
        return token.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(token.text());
    }

    private Token before(int places) {
        return tokens.get(Math.max(at - places, 0));
    }

    private Token after(int places) {
        return tokens.get(Math.min(at + places, tokens.size() - 1));
    }

    private void emit(String text) {
        if (!sql.isEmpty()) {
            sql.append(' ');
        }
        pieces.add(new Rewritten.Piece(sql.length(), tokens.get(at)));
        sql.append(text);
    }
}
