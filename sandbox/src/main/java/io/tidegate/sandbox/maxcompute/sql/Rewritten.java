package io.tidegate.sandbox.maxcompute.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** DuckDB's SQL with the way back from its places to those of the statement that the user wrote. */
record Rewritten(String sql, List<Piece> pieces) {
    /** Where the text for a token begins. */
    record Piece(int offset, Token token) {}

    Rewritten {
        pieces = List.copyOf(pieces);
    }

    /** The token behind this byte of the SQL. */
    Token at(int byteOffset) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        int offset = new String(
                        Arrays.copyOf(bytes, Math.min(Math.max(byteOffset, 0), bytes.length)), StandardCharsets.UTF_8)
                .length();
        Token token = pieces.get(0).token();
        for (Piece piece : pieces) {
            if (piece.offset() > offset) {
                break;
            }
            token = piece.token();
        }
        return token;
    }
}
