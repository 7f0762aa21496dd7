package io.tidegate.scheduler.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tidegate.scheduler.InvalidInputException;

/** Node documents as JSON, in the database and on the wire alike. */
public final class NodeDocumentJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private NodeDocumentJson() {}

    /** A mapper that reads and writes node documents; the caller may configure it further, it is a copy. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }

    public static String write(NodeDocument document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A node document always becomes JSON", e);
        }
    }

    /**
     * Reads a document that came from outside.
     *
     * @throws InvalidInputException when it is not JSON, lacks a field, has one that is unknown or of another type; its
     *     finding points at the field
     */
    public static NodeDocument read(String json) {
        try {
            NodeDocument document = MAPPER.readValue(json, NodeDocument.class);
            if (document == null) {
                throw InvalidInputException.of("", "The document is null.", "Send a JSON object.");
            }
            return document;
        } catch (JsonMappingException e) {
            StringBuilder pointer = new StringBuilder();
            for (JsonMappingException.Reference step : e.getPath()) {
                pointer.append('/').append(step.getFieldName() != null ? step.getFieldName() : step.getIndex());
            }
            throw InvalidInputException.of(
                    pointer.toString(),
                    "The document does not have the shape of a node: " + e.getOriginalMessage(),
                    "Mend this field.");
        } catch (JsonProcessingException e) {
            throw InvalidInputException.of(
                    "", "The document is not JSON: " + e.getOriginalMessage(), "Send a JSON object.");
        }
    }
}
