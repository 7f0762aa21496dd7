package io.tidegate.engine.sync.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidegate.engine.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object of the document. What is wrong with a field is added to the problems and a stand-in is
 * returned, so that reading goes on. Documents in the wild write numbers and booleans as text; both are taken.
 */
final class ObjectFields {
    private final String path;
    private final JsonNode object;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();

    ObjectFields(String path, JsonNode object, Problems problems) {
        this.path = path;
        this.object = object;
        this.problems = problems;
        if (!object.isObject() && !object.isMissingNode()) {
            problems.add(path, "must be an object in braces.");
        }
    }

    String pathOf(String name) {
        return path + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The field's value; a missing node when it is not there or null. */
    JsonNode node(String name) {
        known.add(name);
        JsonNode value = object.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String name) {
        return !node(name).isMissingNode();
    }

    ObjectFields object(String name) {
        return new ObjectFields(pathOf(name), node(name), problems);
    }

    /** The text of a scalar; null when the field is missing or empty. */
    @Nullable String text(String name) {
        JsonNode value = node(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isValueNode()) {
            problems.add(pathOf(name), "must be text.");
            return null;
        }
        String text = value.asText();
        return text.isEmpty() ? null : text;
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    /** The text of a field that must be there. */
    String required(String name, String whatToWrite) {
        if (node(name).isValueNode() || node(name).isMissingNode()) {
            String text = text(name);
            if (text != null) {
                return text;
            }
            problems.add(pathOf(name), "missing. " + whatToWrite);
        } else {
            problems.add(pathOf(name), "must be text. " + whatToWrite);
        }
        return "";
    }

    boolean bool(String name, boolean otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text.toLowerCase(Locale.ROOT));
        }
        if (!problems.isPlaceholder(text)) {
            problems.add(pathOf(name), "'%s' must be true or false.".formatted(text));
        }
        return otherwise;
    }

    /** A whole number within the bounds, both included; null when the field is missing or wrong. */
    @Nullable Long number(String name, long min, long max) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            if (problems.isPlaceholder(text)) {
                return min;
            }
        }
        problems.add(pathOf(name), "'%s' must be a whole number from %d to %d.".formatted(text, min, max));
        return null;
    }

    /** The texts of an array. */
    List<String> texts(String name, String whatToWrite) {
        JsonNode value = node(name);
        List<String> texts = new ArrayList<>();
        if (value.isMissingNode() || (value.isArray() && value.isEmpty())) {
            problems.add(pathOf(name), "missing. " + whatToWrite);
            return texts;
        }
        if (!value.isArray()) {
            problems.add(pathOf(name), "must be an array of text. " + whatToWrite);
            return texts;
        }
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isTextual() || value.get(i).asText().isEmpty()) {
                problems.add(pathOf(name) + "/" + i, "must be text that is not empty.");
            }
            texts.add(value.get(i).asText());
        }
        return texts;
    }

    /** Refuses a field that is known to users of DataWorks but not carried out here, unless it has the harmless value. */
    void refuse(String name, String harmless, String why) {
        String text = has(name) ? node(name).asText() : null;
        if (text != null && !text.isEmpty() && !text.equalsIgnoreCase(harmless)) {
            problems.add(pathOf(name), why);
        }
    }

    /** Takes a field that needs no action. */
    void accept(String... names) {
        known.addAll(Set.of(names));
    }

    /** Adds a problem for each field that nobody has asked for. */
    void refuseUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(pathOf(name), "unknown." + NearestName.hint(name, known));
            }
        });
    }
}
