package io.tidegate.engine.mapping;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds mappings and records in one line. */
final class Mappings {
    private final List<DestinationColumn> columns = new ArrayList<>();
    private final List<@Nullable String> fields = new ArrayList<>();
    private PayloadType keyType = PayloadType.STRING;
    private PayloadType valueType = PayloadType.STRING;
    private String encoding = "UTF-8";
    private @Nullable TextFormat text;
    private boolean emptyAsNull;
    private OverLength overLength = OverLength.REFUSED;
    private ZoneId zone = ZoneId.of("Asia/Shanghai");

    Mappings column(@Nullable String field, String type) {
        columns.add(new DestinationColumn("c" + columns.size(), ColumnType.parse(type), ""));
        fields.add(field);
        return this;
    }

    Mappings required(String field, String type) {
        columns.add(new DestinationColumn("c" + columns.size(), ColumnType.parse(type), "", true));
        fields.add(field);
        return this;
    }

    Mappings keyType(PayloadType type) {
        keyType = type;
        return this;
    }

    Mappings valueType(PayloadType type) {
        valueType = type;
        return this;
    }

    Mappings encoding(String charset) {
        encoding = charset;
        return this;
    }

    Mappings emptyAsNull() {
        emptyAsNull = true;
        return this;
    }

    Mappings overLength(OverLength rule) {
        overLength = rule;
        return this;
    }

    Mappings text(@Nullable String delimiter) {
        text = new TextFormat(delimiter);
        return this;
    }

    Mappings zone(String name) {
        zone = ZoneId.of(name);
        return this;
    }

    MappingSpec spec() {
        return new MappingSpec(
                columns, fields, keyType, valueType, encoding, "UTF-8", zone, emptyAsNull, overLength, text);
    }

    RowMapper mapper() throws MappingRefused {
        return RowMapper.compile(spec());
    }

    static SourceRecord record(@Nullable String value) {
        return record(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    static SourceRecord record(byte @Nullable [] value) {
        return new SourceRecord(3, 42, 1_669_082_400_123L, "k".getBytes(StandardCharsets.UTF_8), value, List.of());
    }
}
