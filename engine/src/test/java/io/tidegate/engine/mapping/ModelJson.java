package io.tidegate.engine.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random JSON that is known before it is written. */
final class ModelJson {
    private static final String[] NUMBERS = {
        "0", "1", "-1", "127", "128", "-129", "40000", "3000000000", "9223372036854775807", "9223372036854775808",
        "1.0", "1.50", "0.005", "1e3", "-12.5E-3", "1e39", "1e309", "123456789.125", "1669082400123", "-0"
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "12",
        " 12",
        "1.5",
        "true",
        "FALSE",
        "ä😀b",
        "lang genug",
        "2026-11-22",
        "2026-11-22 10:00:00",
        "2026-11-22T10:00:00.123456789Z",
        "2026-02-30",
        "\"quoted\" \\ \n\t",
        "null",
        "x"
    };

    private ModelJson() {}

    /** A value, and how it is written. */
    sealed interface Node {
        record Null() implements Node {}

        record Bool(boolean value) implements Node {}

        record Digits(String digits) implements Node {}

        record Text(String text) implements Node {}

        record Array(List<Node> elements) implements Node {}

        /** Keys may repeat; the last one counts. */
        record Members(List<Map.Entry<String, Node>> entries) implements Node {
            @Nullable Node get(String key) {
                Node found = null;
                for (Map.Entry<String, Node> entry : entries) {
                    found = entry.getKey().equals(key) ? entry.getValue() : found;
                }
                return found;
            }
        }

        default @Nullable Node at(List<Object> path) {
            Node node = this;
            for (Object step : path) {
                if (node instanceof Members object && step instanceof String key) {
                    node = object.get(key);
                } else if (node instanceof Array array
                        && step instanceof Integer index
                        && index < array.elements().size()) {
                    node = array.elements().get(index);
                } else {
                    return null;
                }
            }
            return node;
        }

        /** Written with random blanks and escapes. */
        default String print(Random random) {
            StringBuilder out = new StringBuilder();
            write(this, random, out);
            return out.toString();
        }
    }

    static Node random(Random random, String[] keys) {
        return object(random, keys, 0);
    }

    private static Node value(Random random, String[] keys, int depth) {
        int choice = random.nextInt(depth < 4 ? 12 : 6);
        return switch (choice) {
            case 0 -> new Node.Null();
            case 1 -> new Node.Bool(random.nextBoolean());
            case 2, 3 -> new Node.Digits(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 4, 5 -> new Node.Text(TEXTS[random.nextInt(TEXTS.length)]);
            case 6, 7, 8 -> {
                List<Node> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, keys, depth + 1));
                }
                yield new Node.Array(elements);
            }
            default -> object(random, keys, depth);
        };
    }

    private static Node object(Random random, String[] keys, int depth) {
        List<Map.Entry<String, Node>> entries = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            entries.add(Map.entry(keys[random.nextInt(keys.length)], value(random, keys, depth + 1)));
        }
        return new Node.Members(entries);
    }

    private static void write(Node node, Random random, StringBuilder out) {
        blank(random, out);
        if (node instanceof Node.Bool bool) {
            out.append(bool.value());
        } else if (node instanceof Node.Digits number) {
            out.append(number.digits());
        } else if (node instanceof Node.Text text) {
            string(text.text(), random, out);
        } else if (node instanceof Node.Array array) {
            String separator = "[";
            for (Node element : array.elements()) {
                out.append(separator);
                write(element, random, out);
                separator = ",";
            }
            out.append(array.elements().isEmpty() ? "[]" : "]");
        } else if (node instanceof Node.Members object) {
            String separator = "{";
            for (Map.Entry<String, Node> entry : object.entries()) {
                out.append(separator);
                blank(random, out);
                string(entry.getKey(), random, out);
                out.append(':');
                write(entry.getValue(), random, out);
                separator = ",";
            }
            out.append(object.entries().isEmpty() ? "{}" : "}");
        } else {
            out.append("null");
        }
        blank(random, out);
    }

    private static void string(String text, Random random, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (!Character.isSurrogate(c) && random.nextInt(12) == 0)) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        out.append('"');
    }

    private static void blank(Random random, StringBuilder out) {
        out.append(random.nextInt(5) == 0 ? " \n" : "");
    }
}
