package io.tidegate.engine.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.io.IOException;

/**
 * The JSON text of a nested value while it is read, once and from left to right.
 *
 * @param json the whole text
 * @param parser where it is being read
 * @param emptyAsNull whether empty text is NULL
 */
record NestedText(String json, JsonParser parser, boolean emptyAsNull) {

    /** The characters of the scalar at the token. */
    String text() throws IOException {
        return parser.getText();
    }

    /** Whether the string at the token stands for NULL. */
    boolean isNull() throws IOException {
        return emptyAsNull && parser.getTextLength() == 0;
    }

    /** The JSON of the value at the token, as it is written there; the parser then stands at its end. */
    String slice() throws IOException {
        long begin = parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return json.substring((int) begin, (int) parser.currentLocation().getCharOffset());
    }

    /** Steps over the rest of what did not convert, until the next token is one of this object again. */
    void leaveTo(JsonStreamContext object) throws IOException {
        while (parser.getParsingContext() != object) {
            parser.nextToken();
        }
    }
}
