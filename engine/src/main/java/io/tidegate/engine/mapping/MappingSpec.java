package io.tidegate.engine.mapping;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records become rows. Plain data: it can be sent to another machine.
 *
 * @param columns all columns of the table, in its order
 * @param fields for each column the source field as documents write it, or null to leave the column NULL
 * @param keyType how keys are understood
 * @param valueType how values are understood
 * @param encoding name of the character set of keys and values
 * @param headerEncoding name of the character set of header values
 * @param zone zone of date and time text without zone
 * @param emptyAsNull whether empty text becomes NULL
 * @param overLength what becomes of text that is too long
 * @param text how values that are no JSON are cut into fields; null when fields are paths into JSON
 */
public record MappingSpec(
        List<DestinationColumn> columns,
        List<@Nullable String> fields,
        PayloadType keyType,
        PayloadType valueType,
        String encoding,
        String headerEncoding,
        ZoneId zone,
        boolean emptyAsNull,
        OverLength overLength,
        @Nullable TextFormat text) {

    public MappingSpec {
        columns = List.copyOf(columns);
        fields = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(fields));
        if (columns.size() != fields.size()) {
            throw new IllegalArgumentException("%d columns, but %d fields".formatted(columns.size(), fields.size()));
        }
    }
}
