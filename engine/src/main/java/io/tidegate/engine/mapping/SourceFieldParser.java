package io.tidegate.engine.mapping;

import io.tidegate.engine.mapping.SourceField.Attribute;
import io.tidegate.engine.mapping.SourceField.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads one source field from left to right. */
final class SourceFieldParser {
    private final String text;
    private int position;

    private SourceFieldParser(String text) {
        this.text = text;
    }

    static SourceField parse(String text) throws FieldSyntaxException {
        if (text.isEmpty()) {
            throw new FieldSyntaxException("a source field must not be empty.");
        }
        for (Attribute attribute : Attribute.values()) {
            if (attribute.field().equals(text)) {
                return new SourceField.OfRecord(attribute);
            }
        }
        if (text.startsWith("__") && text.endsWith("__") && text.length() > 4) {
            throw new FieldSyntaxException(
                    "'%s' is no attribute of a record; these are: %s. For a JSON key of that name write ['%s']."
                            .formatted(
                                    text,
                                    Arrays.stream(Attribute.values())
                                            .map(Attribute::field)
                                            .collect(Collectors.joining(", ")),
                                    text));
        }
        if (text.startsWith("'")) {
            if (text.length() < 2 || !text.endsWith("'")) {
                throw new FieldSyntaxException("%s: a constant must end with a quote, as '123'.".formatted(text));
            }
            return new SourceField.Constant(text.substring(1, text.length() - 1));
        }
        return new SourceField.JsonPath(new SourceFieldParser(text).steps());
    }

    private List<Step> steps() throws FieldSyntaxException {
        List<Step> steps = new ArrayList<>();
        if (text.charAt(0) != '[') {
            steps.add(key());
        }
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '.') {
                position++;
                steps.add(key());
            } else if (c == '[') {
                steps.add(bracket());
            } else {
                throw error("expected . or [");
            }
        }
        return steps;
    }

    private Step key() throws FieldSyntaxException {
        int begin = position;
        while (position < text.length() && ".[]'\"".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        if (position == begin) {
            throw error("expected the name of a JSON key");
        }
        return new Step.Key(text.substring(begin, position));
    }

    private Step bracket() throws FieldSyntaxException {
        position++;
        if (position < text.length() && text.charAt(position) == '\'') {
            return quotedKey();
        }
        int begin = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        String digits = text.substring(begin, position);
        if (digits.isEmpty() || digits.length() > 9) {
            throw error("expected an index, as [0], or a key in quotes, as ['a.b']");
        }
        closeBracket();
        return new Step.Index(Integer.parseInt(digits));
    }

    private Step quotedKey() throws FieldSyntaxException {
        position++;
        StringBuilder key = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '\'') {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            key.append(text.charAt(position++));
        }
        if (position == text.length()) {
            throw error("expected a closing quote");
        }
        position++;
        closeBracket();
        return new Step.Key(key.toString());
    }

    private void closeBracket() throws FieldSyntaxException {
        if (position == text.length() || text.charAt(position) != ']') {
            throw error("expected ]");
        }
        position++;
    }

    private FieldSyntaxException error(String reason) {
        return new FieldSyntaxException(text, position, reason + ".");
    }
}
