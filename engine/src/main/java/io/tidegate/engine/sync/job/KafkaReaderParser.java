package io.tidegate.engine.sync.job;

import io.tidegate.engine.mapping.FieldSyntaxException;
import io.tidegate.engine.mapping.PayloadType;
import io.tidegate.engine.mapping.SourceField;
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
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a Kafka reader step. */
final class KafkaReaderParser {
    private final ObjectFields fields;
    private final Problems problems;
    private final ZoneId zone;

    KafkaReaderParser(ObjectFields fields, Problems problems, ZoneId zone) {
        this.fields = fields;
        this.problems = problems;
        this.zone = zone;
    }

    /** The reader, or null when something is wrong with it. */
    @Nullable KafkaReader read() {
        KafkaSource source = source();
        String topic = fields.required("topic", "Name the Kafka topic to read.");
        KafkaConfigParser config = new KafkaConfigParser(fields, problems);
        ReadRange range = new ReadRangeParser(fields, problems, zone, config.groupId()).read(OffsetReset.NONE);
        List<String> columns = columns();
        PayloadType keyType = payloadType("keyType");
        PayloadType valueType = payloadType("valueType");
        refuseJsonOfNumbers(columns, valueType);
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
                columns,
                keyType,
                valueType,
                encoding,
                headerEncoding,
                readCommitted,
                config.groupId(),
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
                : new KafkaSource.Server(server);
    }

    private List<String> columns() {
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
                SourceField.parse(column);
            } catch (FieldSyntaxException e) {
                problems.add(fields.pathOf("column") + "/" + i, e.getMessage());
            }
        }
        return checked;
    }

    private PayloadType payloadType(String name) {
        String text = fields.text(name, "string");
        try {
            return PayloadType.parse(text);
        } catch (IllegalArgumentException e) {
            if (!problems.isPlaceholder(text)) {
                problems.add(
                        fields.pathOf(name),
                        "'%s' must be string, bytearray, long, integer, short, double or float.".formatted(text));
            }
            return PayloadType.STRING;
        }
    }

    private void refuseJsonOfNumbers(List<String> columns, PayloadType valueType) {
        if (valueType.isNumber() && columns.stream().anyMatch(SourceField::looksLikePath)) {
            problems.add(
                    fields.pathOf("valueType"),
                    "'%s' values hold no JSON fields. Write string, or remove the JSON fields from column."
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
        String text = fields.text("isolationLevel", "read_uncommitted");
        if (!text.equals("read_uncommitted") && !text.equals("read_committed")) {
            problems.add(
                    fields.pathOf("isolationLevel"),
                    "'%s' must be read_uncommitted or read_committed.".formatted(text));
        }
        return text.equals("read_committed");
    }

    private void refuseUnsupported() {
        fields.refuse("dataFormat", "json", "only json is supported. Remove it, and map __value__ as a whole.");
        fields.refuse("fieldDelimiter", "", "belongs to dataFormat text, which is not supported. Remove it.");
        fields.refuse(
                "stopWhenPollEmpty",
                "false",
                "leaving when a poll returns nothing is not supported, because it can lose records. Write false: the copy ends exactly where its plan ends, and no idle partition holds it up.");
        fields.refuse(
                "autoOffsetReset",
                "none",
                "must be none: with another value Kafka would silently skip or repeat records whose offsets are gone.");
        if (fields.has("skipExceedRecord") && !fields.bool("skipExceedRecord", true)) {
            problems.note("skipExceedRecord is false, but records past the end are left out all the same.");
        }
        if (fields.bool("stopWhenReachEndOffset", false)) {
            problems.note("stopWhenReachEndOffset has no effect: a copy always reads to the end of its plan.");
        }
        // How long one poll waits is of no account where the end is known beforehand.
        fields.number("waitTIme", 1, 86_400);
        fields.number("waitTime", 1, 86_400);
        // The session timeout belongs to consumer groups, which are not used.
        fields.number("sessionTimeoutMs", 1, Integer.MAX_VALUE);
    }
}
