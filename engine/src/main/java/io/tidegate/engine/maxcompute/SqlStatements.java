package io.tidegate.engine.maxcompute;

import java.util.ArrayList;
import java.util.List;

/** Cuts SQL into statements at semicolons that stand outside of quotes and comments. */
public final class SqlStatements {
    private final String sql;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int position;

    private SqlStatements(String sql) {
        this.sql = sql;
    }

    /** The statements in order, without comments and without the semicolon; none is blank. */
    public static List<String> split(String sql) {
        return new SqlStatements(sql).split();
    }

    private List<String> split() {
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (c == '\'' || c == '"' || c == '`') {
                takeQuoted(c);
            } else if (sql.startsWith("--", position)) {
                skipTo("\n");
                statement.append('\n');
            } else if (sql.startsWith("/*", position)) {
                skipTo("*/");
                statement.append(' ');
            } else if (c == ';') {
                endStatement();
                position++;
            } else {
                statement.append(c);
                position++;
            }
        }
        endStatement();
        return statements;
    }

    private void takeQuoted(char quote) {
        int begin = position++;
        while (position < sql.length() && sql.charAt(position) != quote) {
            position += sql.charAt(position) == '\\' && quote != '`' ? 2 : 1;
        }
        position = Math.min(position + 1, sql.length());
        statement.append(sql, begin, position);
    }

    private void skipTo(String end) {
        int found = sql.indexOf(end, position + 2 - (end.length() == 1 ? 1 : 0));
        position = found < 0 ? sql.length() : found + end.length();
    }

    private void endStatement() {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
        statement.setLength(0);
    }
}
