package io.tidegate.engine.sync.job;

import io.tidegate.engine.sync.job.BadDocumentException.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, so that the user sees all of it at once. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final boolean placeholders;

    /**
     * @param placeholders whether the document may still hold scheduling parameters, as a draft does: values with one in
     *     them are taken as they are
     */
    Problems(boolean placeholders) {
        this.placeholders = placeholders;
    }

    void add(String path, String message) {
        found.add(new Problem(path, message));
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /** Something that is carried out, but has a catch: shown while the document is written, and in the log of each copy. */
    void warn(String path, String sentence) {
        warnings.add(new Problem(path, sentence));
        notes.add(sentence);
    }

    boolean isPlaceholder(String value) {
        return placeholders && value.contains("${");
    }

    List<String> notes() {
        return notes;
    }

    List<Problem> warnings() {
        return warnings;
    }

    List<Problem> found() {
        return found;
    }

    void throwIfAny() throws BadDocumentException {
        if (!found.isEmpty()) {
            throw new BadDocumentException(found);
        }
    }
}
