package io.tidegate.sandbox.maxcompute.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;

/** DuckDB's errors, which come as JSON with a place, in MaxCompute's words. */
final class DuckDbErrors {
    private static final ObjectMapper json = new ObjectMapper();

    private DuckDbErrors() {}

    /**
     * The failure as MaxCompute would put it.
     *
     * @param prefix how many bytes of SQL stood before the rewritten query
     */
    static SqlFailure translate(SQLException error, Rewritten query, int prefix) {
        String message = String.valueOf(error.getMessage());
        int brace = message.indexOf('{');
        if (brace < 0) {
            return new SqlFailure("ODPS-0010000:System internal error - " + message);
        }
        JsonNode node;
        try {
            node = json.readTree(message.substring(brace));
        } catch (JsonProcessingException e) {
            return new SqlFailure("ODPS-0010000:System internal error - " + message);
        }
        Token at = query.at(node.path("position").asInt(0) - prefix);
        String reason = node.path("exception_message")
                .asText(message)
                .lines()
                .findFirst()
                .orElse(message);
        String name = node.path("name").asText("");
        if (node.path("error_subtype").asText("").equals("COLUMN_NOT_FOUND")) {
            return SqlFailure.semantic(at, "column %s cannot be resolved".formatted(name));
        }
        if (node.path("type").asText("").endsWith("Function")) {
            return SqlFailure.semantic(at, "function or view '%s' cannot be resolved".formatted(name));
        }
        return switch (node.path("exception_type").asText("")) {
            case "Parser", "Syntax" -> SqlFailure.parse(at, reason);
            case "Binder", "Catalog", "Conversion", "Invalid Type", "Not implemented" ->
                SqlFailure.semantic(at, reason);
            default -> new SqlFailure("ODPS-0123144: Executor throw exception - " + reason);
        };
    }
}
