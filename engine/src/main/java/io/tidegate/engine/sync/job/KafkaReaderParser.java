package io.tidegate.engine.sync.job;

import io.tidegate.engine.mapping.FieldSyntaxException;
import io.tidegate.engine.mapping.PayloadType;
import io.tidegate.engine.mapping.SourceField;
import io.tidegate.engine.mapping.TextFormat;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.OffsetReset;
import io.tidegate.engine.plan.ReadRange;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a Kafka reader step. */
final class KafkaReaderParser {
    private static final String DESERIALIZER_PACKAGE = "org.apache.kafka.common.serialization.";
    private static final Map<String, PayloadType> DESERIALIZERS = Map.of(
            "StringDeserializer", PayloadType.STRING,
            "ByteArrayDeserializer", PayloadType.BYTEARRAY,
            "ByteBufferDeserializer", PayloadType.BYTEARRAY,
            "BytesDeserializer", PayloadType.BYTEARRAY,
            "LongDeserializer", PayloadType.LONG,
            "IntegerDeserializer", PayloadType.INTEGER,
            "ShortDeserializer", PayloadType.SHORT,
            "DoubleDeserializer", PayloadType.DOUBLE,
            "FloatDeserializer", PayloadType.FLOAT);

    private final ObjectFields fields;
    private final Problems problems;
    private final ZoneId zone;
    private final KafkaConfigParser config;

    /**
     * @param ownFiles whether the document may name files of this machine
     */
    KafkaReaderParser(ObjectFields fields, Problems problems, ZoneId zone, boolean ownFiles) {
        this.fields = fields;
        this.problems = problems;
        this.zone = zone;
        this.config = new KafkaConfigParser(fields, problems, ownFiles);
    }

    /** The reader, or null when something is wrong with it. */
    @Nullable KafkaReader read() {
        KafkaSource source = source();
        String topic = fields.required("topic", "Name the Kafka topic to read.");
        String groupId = config.groupId();
        ReadRange range = new ReadRangeParser(fields, problems, zone, groupId).read(offsetReset());
        LatePolicy latePolicy = latePolicy(range);
        TextFormat text = text();
        List<String> columns = columns(text);
        PayloadType keyType = payloadType("keyType", "key.deserializer");
        PayloadType valueType = payloadType("valueType", "value.deserializer");
        refuseFieldsOfNumbers(columns, valueType);
        Charset encoding = charset("encoding");
        Charset headerEncoding = charset("headerEncoding");
        boolean readCommitted = readCommitted();
        Long partition = fields.number("partition", 0, Integer.MAX_VALUE);
        refuseUnsupported();
        fields.refuseUnknown();
        if (range == null) {
            return null;
        }
        return new KafkaReader(
                source,
                topic,
                range,
                latePolicy,
                columns,
                keyType,
                valueType,
                encoding,
                headerEncoding,
                text,
                readCommitted,
                groupId,
                partition == null ? null : partition.intValue(),
                config.properties());
    }

    private KafkaSource source() {
        String dataSource = fields.text("datasource");
        String server = fields.text("server");
        if (dataSource == null && server == null) {
            problems.add(fields.pathOf("datasource"), "missing. Name the Kafka data source to read from.");
        }
        if (dataSource != null && server != null) {
            problems.add(fields.pathOf("server"), "contradicts datasource. Keep one of the two.");
        }
        return dataSource != null || server == null
                ? new KafkaSource.Named(dataSource == null ? "" : dataSource)
                : new KafkaSource.Server(server, config.login());
    }

    private LatePolicy latePolicy(@Nullable ReadRange range) {
        String text = fields.text("latePolicy", "report");
        if (range != null && fields.has("latePolicy") && (range.windowStart() == null || range.windowEnd() == null)) {
            problems.warn(
                    fields.pathOf("latePolicy"),
                    "latePolicy has no effect here: late records are those of windows with two times.");
        }
        return switch (text) {
            case "report" -> LatePolicy.REPORT;
            case "repair" -> LatePolicy.REPAIR;
            case "include" -> LatePolicy.INCLUDE;
            default -> {
                if (!problems.isPlaceholder(text)) {
                    problems.add(
                            fields.pathOf("latePolicy"), "'%s' must be report, repair or include.".formatted(text));
                }
                yield LatePolicy.REPORT;
            }
        };
    }

    private List<String> columns(@Nullable TextFormat text) {
        List<String> columns = fields.texts(
                "column",
                "Name the source fields, as __key__, __value__, '123' for a constant, or a.b[0] in JSON values.");
        List<String> checked = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            checked.add(column);
            if (column.isEmpty() || problems.isPlaceholder(column)) {
                continue;
            }
            try {
                if (SourceField.parse(column) instanceof SourceField.JsonPath path && text != null) {
                    text.position(path, column);
                }
            } catch (FieldSyntaxException e) {
                problems.add(fields.pathOf("column") + "/" + i, e.getMessage());
            }
        }
        return checked;
    }

    /** Null for JSON. */
    private @Nullable TextFormat text() {
        String format = fields.text("dataFormat", "json");
        String delimiter = fields.text("fieldDelimiter");
        if (format.equalsIgnoreCase("text")) {
            try {
                return delimiter == null || problems.isPlaceholder(delimiter)
                        ? new TextFormat(null)
                        : TextFormat.by(delimiter);
            } catch (IllegalArgumentException e) {
                problems.add(fields.pathOf("fieldDelimiter"), String.valueOf(e.getMessage()));
                return new TextFormat(",");
            }
        }
        if (!format.equalsIgnoreCase("json") && !problems.isPlaceholder(format)) {
            problems.add(fields.pathOf("dataFormat"), "'%s' must be json or text.".formatted(format));
        } else if (delimiter != null) {
            problems.warn(
                    fields.pathOf("fieldDelimiter"), "fieldDelimiter has no effect: it belongs to dataFormat text.");
        }
        return null;
    }

    private PayloadType payloadType(String name, String property) {
        String text = fields.text(name, "string");
        PayloadType byClass = byDeserializer(property);
        try {
            PayloadType type = PayloadType.parse(text);
            if (byClass != null && fields.text(name) != null && type != byClass) {
                problems.add(
                        config.pathOf(property), "contradicts %s '%s'. Keep one of the two.".formatted(name, text));
            }
            return byClass == null ? type : byClass;
        } catch (IllegalArgumentException e) {
            if (!problems.isPlaceholder(text)) {
                problems.add(
                        fields.pathOf(name),
                        "'%s' must be string, bytearray, long, integer, short, double or float.".formatted(text));
            }
            return PayloadType.STRING;
        }
    }

    /** Kafka's own deserializers stand for types; no other one is ever loaded. */
    private @Nullable PayloadType byDeserializer(String property) {
        String name = config.ofTheReader(property);
        if (name == null || problems.isPlaceholder(name)) {
            return null;
        }
        PayloadType type = DESERIALIZERS.get(name.replace(DESERIALIZER_PACKAGE, ""));
        if (type == null || !name.startsWith(DESERIALIZER_PACKAGE)) {
            problems.add(
                    config.pathOf(property),
                    "'%s' is not taken: it would load code into the server. Remove it, and write keyType and valueType: string, bytearray, long, integer, short, double or float."
                            .formatted(name));
        }
        return type;
    }

    private void refuseFieldsOfNumbers(List<String> columns, PayloadType valueType) {
        if (valueType.isNumber() && columns.stream().anyMatch(SourceField::looksLikePath)) {
            problems.add(
                    fields.pathOf("valueType"),
                    "'%s' values hold no fields. Write string, or remove the fields of the value from column."
                            .formatted(valueType.name().toLowerCase(Locale.ROOT)));
        }
    }

    private Charset charset(String name) {
        String text = fields.text(name, "UTF-8");
        try {
            return Charset.forName(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            if (!problems.isPlaceholder(text)) {
                problems.add(fields.pathOf(name), "'%s' is no character set, as UTF-8 or GBK.".formatted(text));
            }
            return StandardCharsets.UTF_8;
        }
    }

    private boolean readCommitted() {
        String text = config.oneOf("isolationLevel", "isolation.level", "read_uncommitted");
        if (!text.equals("read_uncommitted") && !text.equals("read_committed") && !problems.isPlaceholder(text)) {
            problems.add(
                    fields.pathOf("isolationLevel"),
                    "'%s' must be read_uncommitted or read_committed.".formatted(text));
        }
        return text.equals("read_committed");
    }

    /** Kafka itself is never told: what the reset would do is done when the plan is made, and said. */
    private OffsetReset offsetReset() {
        String text = config.oneOf("autoOffsetReset", "auto.offset.reset", "none");
        String path = fields.pathOf("autoOffsetReset");
        return switch (text) {
            case "none" -> OffsetReset.NONE;
            case "earliest" -> {
                problems.warn(
                        path,
                        "autoOffsetReset is earliest: where records of the window have expired, what is left of them is copied, and the log says so.");
                yield OffsetReset.EARLIEST;
            }
            case "latest" -> {
                problems.warn(
                        path,
                        "autoOffsetReset is latest: where the begin is not there, all that is in the log is passed over, and the log says so. Other tools lose records silently that way; none fails instead.");
                yield OffsetReset.LATEST;
            }
            default -> {
                if (!problems.isPlaceholder(text)) {
                    problems.add(path, "'%s' must be none, earliest or latest.".formatted(text));
                }
                yield OffsetReset.NONE;
            }
        };
    }

    private void refuseUnsupported() {
        if (fields.has("skipExceedRecord") && !fields.bool("skipExceedRecord", true)) {
            problems.note("skipExceedRecord is false, but records past the end are left out all the same.");
        }
    }
}
