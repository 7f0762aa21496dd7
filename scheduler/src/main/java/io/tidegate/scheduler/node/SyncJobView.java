package io.tidegate.scheduler.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The few things that checks ask of a script-mode document before it is run. Placeholders may still stand in it. Says nothing
 * about whether the document is right: that is the engine's parser's business.
 */
public final class SyncJobView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode steps;
    private final int readerIndex;
    private final int writerIndex;

    private SyncJobView(JsonNode steps) {
        this.steps = steps;
        this.readerIndex = indexOf("reader");
        this.writerIndex = indexOf("writer");
    }

    /** Empty when the code is not JSON, or has not both a reader and a writer. */
    public static Optional<SyncJobView> of(String code) {
        try {
            JsonNode root = JSON.readTree(code);
            SyncJobView view = new SyncJobView(root == null ? MissingNode.getInstance() : root.path("steps"));
            return view.readerIndex < 0 || view.writerIndex < 0 ? Optional.empty() : Optional.of(view);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A parameter of the reader as text; empty when it is not there. */
    public String reader(String parameter) {
        return steps.path(readerIndex).path("parameter").path(parameter).asText("");
    }

    /** A parameter of the writer as text; empty when it is not there. */
    public String writer(String parameter) {
        return steps.path(writerIndex).path("parameter").path(parameter).asText("");
    }

    /** Whether a rerun and every run replaces what is in the partition. */
    public boolean truncates() {
        return steps.path(writerIndex).path("parameter").path("truncate").asBoolean(true);
    }

    /** The columns that the writer fills. */
    public List<String> writerColumns() {
        List<String> columns = new ArrayList<>();
        steps.path(writerIndex).path("parameter").path("column").forEach(column -> columns.add(column.asText()));
        return columns;
    }

    /** Where a parameter of the reader stands, for findings. */
    public String readerField(String parameter) {
        return "/code/steps/" + readerIndex + "/parameter/" + parameter;
    }

    /** Where a parameter of the writer stands, for findings. */
    public String writerField(String parameter) {
        return "/code/steps/" + writerIndex + "/parameter/" + parameter;
    }

    private int indexOf(String category) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.path(i).path("category").asText().equals(category)) {
                return i;
            }
        }
        return -1;
    }
}
