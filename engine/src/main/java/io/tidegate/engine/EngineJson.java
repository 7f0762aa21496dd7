package io.tidegate.engine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** How plans, prepared commits, receipts and the other records of the engine are written as JSON. */
public final class EngineJson {
    // Unknown fields are skipped so that a worker can still read what a newer server has stored.
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private EngineJson() {}

    /** Instants as ISO-8601 in UTC, nulls kept. The mapper is shared: do not configure it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }
}
