package io.tidegate.engine.sync.job;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.mapping.OverLength;
import io.tidegate.engine.mapping.OverLength.Rule;
import io.tidegate.engine.maxcompute.BlockCodec;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.engine.sync.job.MaxComputeWriter.MaxComputeTarget;
import io.tidegate.engine.sync.job.MaxComputeWriter.PartitionValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a MaxCompute writer step. */
final class MaxComputeWriterParser {
    /** Letters, digits and underscores; the service knows no other names without quoting. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private final ObjectFields fields;
    private final Problems problems;

    MaxComputeWriterParser(ObjectFields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    @Nullable MaxComputeWriter read() {
        MaxComputeTarget target = target();
        String schema = name("schema", "no schema name");
        String table = fields.required("table", "Name the MaxCompute table to write.");
        if (!table.isEmpty() && !NAME.matcher(table).matches() && !problems.isPlaceholder(table)) {
            problems.add(fields.pathOf("table"), "'%s' is no table name: letters, digits and _.".formatted(table));
        }
        List<PartitionValue> partition = partition();
        List<String> columns = columns();
        boolean truncate = fields.bool("truncate", true);
        boolean emptyAsNull = fields.bool("emptyAsNull", false);
        OverLength overLength = overLength();
        TunnelSettings tunnel = new TunnelSettings(fields.text("tunnelServer"), fields.text("tunnelQuota"), codec());
        noteConsistency();
        fields.refuseUnknown();
        if (target == null) {
            return null;
        }
        return new MaxComputeWriter(
                target,
                schema,
                table,
                partition,
                columns,
                truncate ? WriteMode.OVERWRITE : WriteMode.INTO,
                emptyAsNull,
                overLength,
                tunnel);
    }

    private @Nullable String name(String field, String whatItIsNot) {
        String name = fields.text(field);
        if (name != null && !NAME.matcher(name).matches() && !problems.isPlaceholder(name)) {
            problems.add(fields.pathOf(field), "'%s' is %s: letters, digits and _.".formatted(name, whatItIsNot));
        }
        return name;
    }

    private @Nullable MaxComputeTarget target() {
        String dataSource = fields.text("datasource");
        String endpoint = fields.text("endpoint", fields.text("odpsServer", ""));
        String project = fields.text("project", "");
        String accessId = fields.text("accessId", "");
        String accessKey = fields.text("accessKey", "");
        String tunnel = fields.text("tunnelServer");
        boolean inline = !(endpoint + accessId + accessKey).isEmpty();
        if (dataSource != null && inline) {
            problems.add(
                    fields.pathOf("datasource"), "contradicts the endpoint and keys beside it. Keep one of the two.");
        }
        if (dataSource != null) {
            if (!project.isEmpty()) {
                problems.note("The writer's project has no effect beside a data source, which names its own.");
            }
            return new MaxComputeTarget.Named(dataSource);
        }
        if (!inline) {
            problems.add(fields.pathOf("datasource"), "missing. Name the MaxCompute data source to write to.");
            return null;
        }
        if (endpoint.isEmpty()) {
            problems.add(fields.pathOf("endpoint"), "missing. Write the URL of the MaxCompute service.");
        }
        requireInline("project", project, "Name the MaxCompute project.");
        requireInline("accessId", accessId, "Write the id of the access key, or name a data source instead.");
        requireInline("accessKey", accessKey, "Write the secret of the access key, or name a data source instead.");
        return new MaxComputeTarget.Inline(
                new DataSourceConnection.MaxCompute(endpoint, project, accessId, accessKey, tunnel));
    }

    private void requireInline(String name, String value, String whatToWrite) {
        if (value.isEmpty()) {
            problems.add(fields.pathOf(name), "missing. " + whatToWrite);
        }
    }

    private List<PartitionValue> partition() {
        List<PartitionValue> values = new ArrayList<>();
        String text = fields.text("partition");
        if (text == null) {
            return values;
        }
        String path = fields.pathOf("partition");
        Set<String> keys = new HashSet<>();
        for (String part : text.split("[,/]", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).trim();
            String value = equals < 0 ? "" : unquoted(part.substring(equals + 1).trim());
            if (!NAME.matcher(key).matches() || value.isEmpty()) {
                problems.add(path, "'%s' must name every partition key, as ds=2022112210,type=1.".formatted(text));
                return values;
            }
            if (value.contains("${") && !problems.isPlaceholder(value)) {
                problems.add(path, "'%s' still holds a scheduling parameter that has no value.".formatted(text));
            } else if (!problems.isPlaceholder(value) && !isPlain(value)) {
                problems.add(
                        path,
                        "'%s' cannot be written to: a partition's value holds letters, digits and _ - : . $ # ! @ or blanks, and stands for one partition."
                                .formatted(text));
            }
            if (!keys.add(key.toLowerCase(Locale.ROOT))) {
                problems.add(path, "'%s' names %s twice.".formatted(text, key));
            }
            values.add(new PartitionValue(key, value));
        }
        return values;
    }

    /** Quotes, commas and wildcards would mean another partition than the one that is written here. */
    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_-:.$#!@ ".indexOf(c) >= 0);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '\'' || value.charAt(0) == '"')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private @Nullable List<String> columns() {
        List<String> columns =
                fields.texts("column", "Name the destination columns in the order of the source fields, or [\"*\"].");
        if (columns.equals(List.of("*"))) {
            problems.note(
                    "The writer's column [\"*\"] means the table's columns in their order; a column added to the table will end the copies. Name them to be safe.");
            return null;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).isEmpty() && !seen.add(columns.get(i).toLowerCase(Locale.ROOT))) {
                problems.add(
                        fields.pathOf("column") + "/" + i,
                        "'%s' stands there twice; a column takes one source field.".formatted(columns.get(i)));
            }
        }
        return columns;
    }

    private void noteConsistency() {
        if (fields.has("consistencyCommit") && !fields.bool("consistencyCommit", true)) {
            problems.note("consistencyCommit is false, but the rows become visible all at once in any case.");
        }
    }

    private BlockCodec codec() {
        String compress = fields.text("compress", "true");
        return switch (compress.toLowerCase(Locale.ROOT)) {
            case "true", "lz4" -> BlockCodec.LZ4;
            case "false", "none" -> BlockCodec.NONE;
            case "zstd" -> BlockCodec.ZSTD;
            default -> {
                if (!problems.isPlaceholder(compress)) {
                    problems.add(
                            fields.pathOf("compress"),
                            "'%s' must be true (which is lz4), false, lz4 or zstd.".formatted(compress));
                }
                yield BlockCodec.LZ4;
            }
        };
    }

    private OverLength overLength() {
        String text = fields.text("overLengthRule", "keepOn");
        Long bytes = fields.number("maxOdpsFieldLength", 1, OverLength.BYTES_MAX);
        Rule rule = switch (text.toLowerCase(Locale.ROOT)) {
            case "keepon" -> Rule.REFUSE;
            case "truncate" -> Rule.TRUNCATE;
            case "setnull" -> Rule.SET_NULL;
            default -> {
                if (!problems.isPlaceholder(text)) {
                    problems.add(
                            fields.pathOf("overLengthRule"),
                            "'%s' must be truncate, setNull or keepOn.".formatted(text));
                }
                yield Rule.REFUSE;
            }
        };
        if (rule == Rule.REFUSE) {
            if (bytes != null && bytes != OverLength.BYTES_MAX) {
                problems.note(
                        "maxOdpsFieldLength has no effect without overLengthRule truncate or setNull: longer text is kept, up to what the service takes.");
            }
            return OverLength.REFUSED;
        }
        return new OverLength(rule, bytes == null ? OverLength.BYTES_MAX : bytes.intValue());
    }
}
