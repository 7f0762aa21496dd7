package io.tidegate.sandbox.maxcompute.sql;

import com.aliyun.odps.type.TypeInfo;
import com.aliyun.odps.type.TypeInfoParser;
import io.tidegate.sandbox.maxcompute.storage.ColumnDefinition;
import io.tidegate.sandbox.maxcompute.storage.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the statements apart; queries stay tokens, which {@link QueryRewriter} turns into DuckDB's SQL. */
final class StatementParser {
    private final String project;
    private final TokenCursor cursor;

    private StatementParser(String project, TokenCursor cursor) {
        this.project = project;
        this.cursor = cursor;
    }

    /** Parses one statement; {@code SET key=value;} lines before it are passed over. */
    static SqlStatement parse(String project, String text) throws SqlFailure {
        StatementParser parser = new StatementParser(project, new TokenCursor(Tokenizer.tokens(text)));
        return parser.statement();
    }

    private SqlStatement statement() throws SqlFailure {
        while (cursor.take("SET")) {
            while (!cursor.take(";") && cursor.peek().kind() != Token.Kind.END) {
                cursor.next();
            }
        }
        Token first = cursor.peek();
        if (first.is("SELECT") || first.is("WITH") || first.is("(")) {
            return new SqlStatement.Query(cursor.rest());
        }
        cursor.next();
        return switch (first.text().toUpperCase(Locale.ROOT)) {
            case "CREATE" -> createTable();
            case "DROP" -> dropTable();
            case "ALTER" -> alterTable();
            case "TRUNCATE" -> truncate();
            case "SHOW" -> show();
            case "DESC", "DESCRIBE" -> describe();
            case "INSERT" -> insert();
            default -> throw SqlFailure.parse(first, "invalid token '%s'".formatted(first.shown()));
        };
    }

    private SqlStatement createTable() throws SqlFailure {
        boolean external = cursor.take("EXTERNAL");
        cursor.expect("TABLE");
        boolean ifNotExists = cursor.take("IF", "NOT", "EXISTS");
        TableName table = tableName();
        List<ColumnDefinition> columns = columns();
        List<ColumnDefinition> keys = List.of();
        String comment = "";
        int lifecycle = -1;
        while (true) {
            if (cursor.take("COMMENT")) {
                comment = cursor.string();
            } else if (cursor.take("PARTITIONED", "BY")) {
                keys = columns();
            } else if (cursor.take("LIFECYCLE")) {
                lifecycle = cursor.number();
            } else if (external && (cursor.take("STORED", "BY") || cursor.take("LOCATION"))) {
                cursor.string();
            } else if (cursor.take("STORED", "AS")) {
                cursor.name();
            } else if (cursor.take("TBLPROPERTIES")) {
                skipParentheses();
            } else {
                break;
            }
        }
        cursor.expectEnd();
        return new SqlStatement.CreateTable(table, ifNotExists, columns, keys, comment, lifecycle, external);
    }

    private void skipParentheses() throws SqlFailure {
        cursor.expect("(");
        while (!cursor.take(")")) {
            if (cursor.next().kind() == Token.Kind.END) {
                cursor.expect(")");
            }
        }
    }

    private List<ColumnDefinition> columns() throws SqlFailure {
        cursor.expect("(");
        List<ColumnDefinition> columns = new ArrayList<>();
        do {
            String name = cursor.name();
            TypeInfo type = type();
            boolean more = true;
            boolean required = false;
            String comment = "";
            while (more) {
                if (cursor.take("COMMENT")) {
                    comment = cursor.string();
                } else if (cursor.take("NOT", "NULL")) {
                    required = true;
                } else {
                    more = cursor.take("NULL");
                }
            }
            columns.add(new ColumnDefinition(name, type, comment, required));
        } while (cursor.take(","));
        cursor.expect(")");
        return columns;
    }

    /** A type runs to the comma or parenthesis that ends the column, or to COMMENT or NOT. */
    private TypeInfo type() throws SqlFailure {
        Token start = cursor.peek();
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (cursor.peek().kind() != Token.Kind.END) {
            Token token = cursor.peek();
            boolean ends = token.is(",") || token.is(")") || token.is("COMMENT") || token.is("NOT") || token.is("NULL");
            if (depth == 0 && ends) {
                break;
            }
            if (token.is("(") || token.is("<")) {
                depth++;
            } else if (token.is(")") || token.is(">")) {
                depth--;
            }
            text.append(cursor.next().text());
        }
        try {
            return TypeInfoParser.getTypeInfoFromTypeString(text.toString());
        } catch (IllegalArgumentException e) {
            throw SqlFailure.semantic(start, "type '%s' is not known".formatted(text));
        }
    }

    private SqlStatement dropTable() throws SqlFailure {
        cursor.expect("TABLE");
        boolean ifExists = cursor.take("IF", "EXISTS");
        TableName table = tableName();
        cursor.take("PURGE");
        cursor.expectEnd();
        return new SqlStatement.DropTable(table, ifExists);
    }

    private SqlStatement alterTable() throws SqlFailure {
        cursor.expect("TABLE");
        TableName table = tableName();
        SqlStatement statement;
        if (cursor.take("ADD", "COLUMNS") || cursor.take("ADD", "COLUMN")) {
            cursor.take("IF", "NOT", "EXISTS");
            statement = new SqlStatement.AddColumns(table, columns());
        } else if (cursor.take("ADD")) {
            boolean ifNotExists = cursor.take("IF", "NOT", "EXISTS");
            statement = new SqlStatement.AddPartitions(table, ifNotExists, partitions(1));
        } else if (cursor.take("DROP")) {
            boolean ifExists = cursor.take("IF", "EXISTS");
            statement = new SqlStatement.DropPartitions(table, ifExists, partitions(1));
        } else {
            cursor.expect("SET", "LIFECYCLE");
            statement = new SqlStatement.SetLifecycle(table, cursor.number());
        }
        cursor.expectEnd();
        return statement;
    }

    private SqlStatement truncate() throws SqlFailure {
        cursor.expect("TABLE");
        SqlStatement statement = new SqlStatement.Truncate(tableName(), partitions(0));
        cursor.expectEnd();
        return statement;
    }

    private SqlStatement show() throws SqlFailure {
        SqlStatement statement;
        if (cursor.take("PARTITIONS")) {
            statement = new SqlStatement.ShowPartitions(tableName());
        } else {
            cursor.expect("TABLES");
            String from = cursor.take("IN") || cursor.take("FROM") ? cursor.name() : project;
            Optional<String> like = cursor.take("LIKE") ? Optional.of(cursor.string()) : Optional.empty();
            statement = new SqlStatement.ShowTables(from, like);
        }
        cursor.expectEnd();
        return statement;
    }

    private SqlStatement describe() throws SqlFailure {
        cursor.take("EXTENDED");
        cursor.take("TABLE");
        TableName table = tableName();
        List<Map<String, String>> partitions = partitions(0);
        cursor.expectEnd();
        return new SqlStatement.Describe(table, partitions.stream().findFirst());
    }

    private SqlStatement insert() throws SqlFailure {
        boolean overwrite = cursor.take("OVERWRITE");
        if (!overwrite) {
            cursor.expect("INTO");
        }
        cursor.take("TABLE");
        TableName table = tableName();
        Map<String, @Nullable String> partition = cursor.take("PARTITION") ? partition(true) : new LinkedHashMap<>();
        List<String> columns = new ArrayList<>();
        Token next = cursor.peek();
        if (next.is("(") && !selectFollows()) {
            cursor.expect("(");
            do {
                columns.add(cursor.name());
            } while (cursor.take(","));
            cursor.expect(")");
        }
        return new SqlStatement.Insert(table, overwrite, partition, columns, cursor.rest());
    }

    private boolean selectFollows() {
        Token second = cursor.peekSecond();
        return second.is("SELECT") || second.is("WITH") || second.is("(");
    }

    private TableName tableName() throws SqlFailure {
        Token at = cursor.peek();
        List<String> parts = new ArrayList<>(List.of(cursor.name()));
        while (cursor.take(".")) {
            parts.add(cursor.name());
        }
        return tableName(project, parts, at);
    }

    /** {@code table}, {@code project.table} or {@code project.schema.table}. */
    static TableName tableName(String project, List<String> parts, Token at) throws SqlFailure {
        if (parts.size() > 3) {
            throw SqlFailure.parse(at, "a table name has at most three parts");
        }
        if (parts.size() == 3) {
            return new TableName(Names.namespace(parts.get(0), parts.get(1)), parts.get(2), at);
        }
        return new TableName(parts.size() == 1 ? project : parts.get(0), parts.get(parts.size() - 1), at);
    }

    private List<Map<String, String>> partitions(int least) throws SqlFailure {
        List<Map<String, String>> partitions = new ArrayList<>();
        while (cursor.take("PARTITION") || (!partitions.isEmpty() && cursor.take(",", "PARTITION"))) {
            Map<String, String> complete = new LinkedHashMap<>();
            partition(false).forEach((key, value) -> complete.put(key, value == null ? "" : value));
            partitions.add(complete);
        }
        if (partitions.size() < least) {
            cursor.expect("PARTITION");
        }
        return partitions;
    }

    private Map<String, @Nullable String> partition(boolean dynamicAllowed) throws SqlFailure {
        Map<String, @Nullable String> partition = new LinkedHashMap<>();
        cursor.expect("(");
        do {
            String key = cursor.name();
            if (dynamicAllowed && !cursor.peek().is("=")) {
                partition.put(key, null);
                continue;
            }
            cursor.expect("=");
            Token value = cursor.next();
            if (value.kind() != Token.Kind.STRING && value.kind() != Token.Kind.NUMBER) {
                throw SqlFailure.parse(value, "invalid token '%s', a constant expected".formatted(value.shown()));
            }
            partition.put(key, value.text());
        } while (cursor.take(",") || cursor.take("/"));
        cursor.expect(")");
        return partition;
    }
}
