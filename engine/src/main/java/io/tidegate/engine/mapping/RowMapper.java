package io.tidegate.engine.mapping;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.mapping.SourceField.Attribute;
import io.tidegate.engine.mapping.SourceField.JsonPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into rows, with one streaming pass over the value of each record. Not thread-safe: one for each slice.
 *
 * <p>A path that is not in the value gives NULL, and so does a value that is null. A value that is no JSON makes the record
 * dirty if any column comes from inside it.
 */
public final class RowMapper {
    private static final int EXCERPT_CHARACTERS_MAX = 200;
    private static final int REASON_CHARACTERS_MAX = 1000;

    private final MappingSpec spec;
    private final List<@Nullable SourceField> fields;
    private final List<@Nullable ColumnConverter> converters;
    private final @Nullable Object[] constants;
    private final @Nullable JsonExtractor json;
    private final @Nullable DelimitedText delimited;
    private final TextDecoder text;
    private final TextDecoder utf8 = new TextDecoder("UTF-8");
    private final PayloadReader keys;
    private final PayloadReader values;
    private final HeadersJson headers;
    private final TooLong tooLong;
    private final boolean[] constantTooLong;

    private RowMapper(
            MappingSpec spec,
            List<@Nullable SourceField> fields,
            List<@Nullable ColumnConverter> converters,
            TooLong tooLong)
            throws MappingRefused {
        this.spec = spec;
        this.tooLong = tooLong;
        this.constantTooLong = new boolean[fields.size()];
        this.fields = fields;
        this.converters = converters;
        this.text = new TextDecoder(spec.encoding());
        this.keys = new PayloadReader(spec.keyType(), text, spec.emptyAsNull());
        this.values = new PayloadReader(spec.valueType(), text, spec.emptyAsNull());
        this.headers = new HeadersJson(new TextDecoder(spec.headerEncoding()));
        this.delimited = delimited();
        this.json = spec.text() == null ? extractor() : null;
        this.constants = constants();
    }

    /**
     * @throws MappingRefused when a field is not written as one, a column's type cannot be filled or a constant does not fit
     */
    public static RowMapper compile(MappingSpec spec) throws MappingRefused {
        List<@Nullable SourceField> fields = new ArrayList<>();
        List<@Nullable ColumnConverter> converters = new ArrayList<>();
        TooLong tooLong = new TooLong(spec.columns().size());
        for (int i = 0; i < spec.columns().size(); i++) {
            String field = spec.fields().get(i);
            DestinationColumn column = spec.columns().get(i);
            fields.add(field == null ? null : parsed(field, column));
            converters.add(field == null ? null : converter(i, spec, tooLong));
        }
        return new RowMapper(spec, fields, converters, tooLong);
    }

    private static SourceField parsed(String field, DestinationColumn column) throws MappingRefused {
        try {
            return SourceField.parse(field);
        } catch (FieldSyntaxException e) {
            throw new MappingRefused("Column %s: %s".formatted(column.name(), e.getMessage()));
        }
    }

    private static ColumnConverter converter(int index, MappingSpec spec, TooLong tooLong) throws MappingRefused {
        DestinationColumn column = spec.columns().get(index);
        ColumnConverter converter = ColumnConverter.of(
                column.type(),
                new ConversionRules(spec.zone(), spec.emptyAsNull(), spec.overLength(), () -> tooLong.add(index)));
        if (converter == null) {
            throw new MappingRefused(
                    "Column %s is of type %s, which cannot be filled from Kafka. Leave it out of the mapping."
                            .formatted(column.name(), column.type().name()));
        }
        return converter;
    }

    private @Nullable JsonExtractor extractor() {
        List<@Nullable JsonPath> paths = new ArrayList<>();
        boolean[] wantsJson = new boolean[fields.size()];
        for (int i = 0; i < fields.size(); i++) {
            ColumnConverter converter = converters.get(i);
            paths.add(fields.get(i) instanceof JsonPath path ? path : null);
            wantsJson[i] = converter != null && converter.wantsJson();
        }
        return paths.stream().allMatch(path -> path == null) ? null : new JsonExtractor(paths, wantsJson);
    }

    private @Nullable DelimitedText delimited() throws MappingRefused {
        TextFormat format = spec.text();
        if (format == null) {
            return null;
        }
        int[] positions = new int[fields.size()];
        for (int i = 0; i < positions.length; i++) {
            String written = spec.fields().get(i);
            try {
                positions[i] =
                        written != null && fields.get(i) instanceof JsonPath path ? format.position(path, written) : -1;
            } catch (FieldSyntaxException e) {
                throw new MappingRefused(
                        "Column %s: %s".formatted(spec.columns().get(i).name(), e.getMessage()));
            }
        }
        DelimitedText cutter = new DelimitedText(format, positions);
        return cutter.isWanted() ? cutter : null;
    }

    private @Nullable Object[] constants() throws MappingRefused {
        @Nullable Object[] converted = new @Nullable Object[fields.size()];
        for (int i = 0; i < fields.size(); i++) {
            ColumnConverter converter = converters.get(i);
            if (converter == null || !(fields.get(i) instanceof SourceField.Constant constant)) {
                continue;
            }
            try {
                tooLong.nextRow();
                converted[i] = fromText(constant.text(), converter);
                constantTooLong[i] = tooLong.anyInRow();
            } catch (UnfitValueException e) {
                throw new MappingRefused("Column %s: the constant '%s' does not fit %s: %s."
                        .formatted(spec.columns().get(i).name(), constant.text(), converter.typeName(), e.reason()));
            }
        }
        return converted;
    }

    /** A row of the right width for {@link #map}, to be used again and again. */
    public @Nullable Object[] newRow() {
        return new @Nullable Object[fields.size()];
    }

    /**
     * Fills a row, in the order of the table's columns.
     *
     * @return null when the row is complete; otherwise why the record is dirty, and the row is of no use
     */
    public @Nullable DirtyRecord map(SourceRecord record, @Nullable Object[] row) {
        Arrays.fill(row, null);
        tooLong.nextRow();
        byte[] value = record.value();
        boolean inside = (json != null || delimited != null) && value != null;
        String reason = extract(value);
        if (reason != null && value != null) {
            return dirty(record, Attribute.VALUE.field(), excerpt(value), reason);
        }
        for (int i = 0; i < row.length; i++) {
            ColumnConverter converter = converters.get(i);
            SourceField field = fields.get(i);
            if (converter == null || field == null) {
                continue;
            }
            try {
                Object converted = convert(i, field, converter, record, inside);
                if (converted == null && spec.columns().get(i).required()) {
                    throw new UnfitValueException("it is NULL, which the column does not take");
                }
                row[i] = converted;
            } catch (UnfitValueException e) {
                return dirty(
                        record,
                        spec.columns().get(i).name(),
                        e.value() == null ? excerpt(i, field, record) : e.value(),
                        "%s: %s".formatted(spec.fields().get(i), e.reason()));
            }
        }
        tooLong.keepRow();
        return null;
    }

    /** How many values of which columns were too long and were cut or left out, in the rows that were complete. */
    public Map<String, Long> shortened() {
        Map<String, Long> shortened = new TreeMap<>();
        for (int i = 0; i < fields.size(); i++) {
            if (tooLong.of(i) > 0) {
                shortened.put(spec.columns().get(i).name(), tooLong.of(i));
            }
        }
        return shortened;
    }

    private @Nullable String extract(byte @Nullable [] value) {
        JsonExtractor inside = json;
        if (value == null) {
            return null;
        }
        TextDecoder decoder = spec.valueType() == PayloadType.STRING ? text : utf8;
        if (delimited != null) {
            try {
                delimited.cut(decoder.decode(value));
                return null;
            } catch (UnfitValueException e) {
                return "the value is no text: " + e.reason();
            }
        }
        if (inside == null) {
            return null;
        }
        try {
            inside.extract(decoder.utf8(value));
            return null;
        } catch (UnfitValueException e) {
            return "the value is no JSON: " + e.reason();
        } catch (IOException e) {
            return "the value is no JSON: " + JsonExtractor.reason(e);
        }
    }

    private @Nullable Object convert(
            int column, SourceField field, ColumnConverter converter, SourceRecord record, boolean inside)
            throws UnfitValueException {
        if (field instanceof SourceField.OfRecord attribute) {
            return switch (attribute.attribute()) {
                case KEY -> keys.convert(record.key(), converter);
                case VALUE -> values.convert(record.value(), converter);
                case PARTITION -> converter.fromLong(record.partition());
                case OFFSET -> converter.fromLong(record.offset());
                case TIMESTAMP -> timestamp(record, converter);
                case HEADERS -> converter.fromText(headers.write(record.headers()));
            };
        }
        if (field instanceof SourceField.Constant) {
            if (constantTooLong[column]) {
                tooLong.add(column);
            }
            return constants[column];
        }
        if (inside && delimited != null) {
            String part = delimited.part(column);
            return part == null ? null : fromText(part, converter);
        }
        return inside && json != null ? found(json.findings(), column, converter) : null;
    }

    /** Kafka's -1 says that the record has no timestamp; as a time it would be the end of 1969. */
    private static @Nullable Object timestamp(SourceRecord record, ColumnConverter converter)
            throws UnfitValueException {
        boolean none = record.timestamp() < 0 && converter instanceof TimeConverter;
        return none ? null : converter.fromLong(record.timestamp());
    }

    private @Nullable Object found(JsonFindings found, int column, ColumnConverter converter)
            throws UnfitValueException {
        return switch (found.kind(column)) {
            case MISSING, NULL -> null;
            case TEXT -> {
                byte[] utf8 = found.utf8(column);
                yield utf8 == null ? fromText(found.text(column), converter) : fromUtf8(utf8, converter);
            }
            case NUMBER -> converter.fromNumber(found.text(column));
            case TRUE -> converter.fromBoolean(true);
            case FALSE -> converter.fromBoolean(false);
            case STRUCTURE -> converter.fromStructure(found.text(column));
        };
    }

    private @Nullable Object fromText(String value, ColumnConverter converter) throws UnfitValueException {
        return spec.emptyAsNull() && value.isEmpty() ? null : converter.fromText(value);
    }

    private @Nullable Object fromUtf8(byte[] value, ColumnConverter converter) throws UnfitValueException {
        return spec.emptyAsNull() && value.length == 0 ? null : converter.fromUtf8(value);
    }

    private String excerpt(int column, SourceField field, SourceRecord record) {
        if (field instanceof SourceField.OfRecord attribute) {
            return switch (attribute.attribute()) {
                case KEY -> excerpt(record.key());
                case VALUE -> excerpt(record.value());
                case PARTITION -> Integer.toString(record.partition());
                case OFFSET -> Long.toString(record.offset());
                case TIMESTAMP -> Long.toString(record.timestamp());
                case HEADERS -> headers.write(record.headers());
            };
        }
        if (delimited != null) {
            String part = delimited.part(column);
            return part == null ? "" : part;
        }
        // Without a value, what stands there is of another record.
        return json == null || record.value() == null ? "" : json.findings().text(column);
    }

    private String excerpt(byte @Nullable [] bytes) {
        return bytes == null ? "" : text.excerpt(bytes, EXCERPT_CHARACTERS_MAX);
    }

    private static DirtyRecord dirty(SourceRecord record, String column, String excerpt, String reason) {
        return new DirtyRecord(
                record.partition(),
                record.offset(),
                column,
                shown(excerpt, EXCERPT_CHARACTERS_MAX),
                shown(reason, REASON_CHARACTERS_MAX));
    }

    /** What people and databases can read: no control characters, no half characters, no end of text. */
    private static String shown(String text, int charactersMax) {
        StringBuilder shown = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (shown.length() + Character.charCount(c) > charactersMax) {
                break;
            }
            boolean readable = !Character.isISOControl(c) && !(c <= 0xffff && Character.isSurrogate((char) c));
            shown.appendCodePoint(readable ? c : c == '\n' || c == '\t' || c == '\r' ? ' ' : 0xfffd);
        }
        return shown.toString();
    }
}
