package io.tidegate.sandbox.maxcompute.sql;

import com.aliyun.odps.OdpsType;
import io.tidegate.sandbox.maxcompute.storage.ColumnDefinition;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the tables in a query: the names after FROM and JOIN, and after the commas between them. */
final class TableReferences {
    private static final Set<String> FROM_ENDS =
            Set.of("where", "group", "order", "having", "limit", "union", "intersect", "except", "select", "window");
    /** Functions whose arguments hold a FROM of another kind. */
    private static final Set<String> OTHER_FROM = Set.of("extract", "trim", "substring", "overlay");

    /** One place in the statement: how many tokens the name takes and which table it is. */
    record Reference(TableDefinition table, int tokens) {}

    private final String project;
    private final List<Token> tokens;
    private final TableLookup lookup;
    private final Map<Integer, Reference> references = new HashMap<>();

    private TableReferences(String project, List<Token> tokens, TableLookup lookup) {
        this.project = project;
        this.tokens = tokens;
        this.lookup = lookup;
    }

    /** Each reference by the index of its first token. */
    static Map<Integer, Reference> find(String project, List<Token> tokens, TableLookup lookup)
            throws SqlFailure, SQLException {
        TableReferences found = new TableReferences(project, tokens, lookup);
        found.scan();
        return found.references;
    }

    /** The columns that hold text in every table that has them. */
    static Set<String> textColumns(Map<Integer, Reference> references) {
        Set<String> text = new HashSet<>();
        Set<String> other = new HashSet<>();
        for (Reference reference : references.values()) {
            for (ColumnDefinition column : reference.table().allColumns().toList()) {
                OdpsType type = column.type().getOdpsType();
                boolean isText = type == OdpsType.STRING || type == OdpsType.VARCHAR || type == OdpsType.CHAR;
                (isText ? text : other).add(column.name());
            }
        }
        text.removeAll(other);
        return text;
    }

    private static final class Scope {
        private final boolean otherFrom;
        private boolean inFrom;

        private Scope(boolean otherFrom) {
            this.otherFrom = otherFrom;
        }
    }

    private void scan() throws SqlFailure, SQLException {
        Set<String> withNames = withNames();
        Deque<Scope> scopes = new ArrayDeque<>(List.of(new Scope(false)));
        for (int i = 0; i < tokens.size() - 1; i++) {
            Token token = tokens.get(i);
            Scope scope = scopes.element();
            boolean tableNext = false;
            if (token.is("(")) {
                scopes.push(
                        new Scope(i > 0 && OTHER_FROM.contains(tokens.get(i - 1).name())));
            } else if (token.is(")")) {
                if (scopes.size() > 1) {
                    scopes.pop();
                }
            } else if (token.is("FROM") && !scope.otherFrom) {
                scope.inFrom = true;
                tableNext = true;
            } else if (token.is("JOIN") || (token.is(",") && scope.inFrom)) {
                tableNext = true;
            } else if (token.kind() == Token.Kind.WORD && FROM_ENDS.contains(token.name())) {
                scope.inFrom = false;
            }
            if (tableNext && tokens.get(i + 1).isName()) {
                i = reference(i + 1, withNames) - 1;
            }
        }
    }

    private Set<String> withNames() {
        Set<String> names = new HashSet<>();
        for (int i = 1; i + 3 < tokens.size(); i++) {
            boolean starts = tokens.get(i - 1).is("WITH") || tokens.get(i - 1).is(",");
            if (starts
                    && tokens.get(i).isName()
                    && tokens.get(i + 1).is("AS")
                    && tokens.get(i + 2).is("(")) {
                names.add(tokens.get(i).name());
            }
        }
        return names;
    }

    /** Resolves the name that starts here and returns the index behind it. */
    private int reference(int start, Set<String> withNames) throws SqlFailure, SQLException {
        List<String> parts = new ArrayList<>(List.of(tokens.get(start).name()));
        int end = start + 1;
        while (tokens.get(end).is(".") && tokens.get(end + 1).isName()) {
            parts.add(tokens.get(end + 1).name());
            end += 2;
        }
        if (parts.size() == 1 && withNames.contains(parts.get(0))) {
            return end;
        }
        TableName name = StatementParser.tableName(project, parts, tokens.get(start));
        TableDefinition table = lookup.find(name.project(), name.table())
                .orElseThrow(() -> SqlFailure.noTable(name.at(), name.project(), name.table()));
        references.put(start, new Reference(table, end - start));
        return end;
    }
}
