package io.tidegate.engine.sync;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.mapping.MappingRefused;
import io.tidegate.engine.mapping.MappingSpec;
import io.tidegate.engine.mapping.OverLength;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.maxcompute.TableDescription;
import io.tidegate.engine.maxcompute.TableDescription.PartitionKey;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.sync.job.BadDocumentException;
import io.tidegate.engine.sync.job.KafkaReader;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import io.tidegate.engine.sync.job.MaxComputeWriter;
import io.tidegate.engine.sync.job.MaxComputeWriter.MaxComputeTarget;
import io.tidegate.engine.sync.job.MaxComputeWriter.PartitionValue;
import io.tidegate.engine.sync.job.SyncJob;
import io.tidegate.engine.sync.job.SyncJobParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job bound to the servers of one environment and to the table as it is now.
 *
 * @param job what the document says
 * @param cluster where the topic is
 * @param target what is filled
 * @param mapping how records become rows of the table
 */
record JobBinding(SyncJob job, DataSourceConnection.Kafka cluster, UploadTarget target, MappingSpec mapping) {

    /**
     * Reads the document, looks the table up and checks the one against the other.
     *
     * @param ownFiles whether the document may name files of this machine
     * @throws EngineFailure BAD_DOCUMENT naming every place that is wrong; MISSING_OBJECT when there is no such table
     */
    static JobBinding of(RunRequest request, boolean ownFiles) throws EngineFailure {
        try {
            return bind(SyncJobParser.parse(request.code(), request.zone(), ownFiles), request.dataSources());
        } catch (BadDocumentException e) {
            throw EngineFailure.lasting(FailureKind.BAD_DOCUMENT, String.valueOf(e.getMessage()), e);
        }
    }

    private static JobBinding bind(SyncJob job, Map<String, DataSourceConnection> dataSources) throws EngineFailure {
        DataSourceConnection.Kafka cluster = cluster(job.reader().source(), dataSources);
        DataSourceConnection.MaxCompute project = project(job.writer().target(), dataSources);
        TableDescription table =
                new MaxComputeCatalog(project).table(job.writer().table());
        String partition = partition(job.writer(), table);
        UploadTarget target =
                new UploadTarget(project, table.name(), partition, job.writer().mode());
        MappingSpec mapping = mapping(job, table);
        try {
            RowMapper.compile(mapping);
        } catch (MappingRefused e) {
            throw badDocument(String.valueOf(e.getMessage()));
        }
        return new JobBinding(job, cluster, target, mapping);
    }

    /** How the topic is read by an attempt of this label. */
    KafkaAccess access(String label, SyncLimits limits) {
        KafkaReader reader = job.reader();
        String client = reader.groupId() == null ? "tidegate-" + label : reader.groupId() + "-" + label;
        return KafkaAccess.of(
                        cluster,
                        reader.kafkaConfig(),
                        client,
                        reader.readCommitted(),
                        job.settings().concurrent())
                .withStallLimit(limits.stall());
    }

    private static DataSourceConnection.Kafka cluster(KafkaSource source, Map<String, DataSourceConnection> dataSources)
            throws EngineFailure {
        if (source instanceof KafkaSource.Server server) {
            return new DataSourceConnection.Kafka(server.bootstrapServers(), server.properties());
        }
        String name = ((KafkaSource.Named) source).dataSource();
        if (dataSources.get(name) instanceof DataSourceConnection.Kafka kafka) {
            return kafka;
        }
        throw noDataSource("reader", "Kafka", name, dataSources);
    }

    private static DataSourceConnection.MaxCompute project(
            MaxComputeTarget target, Map<String, DataSourceConnection> dataSources) throws EngineFailure {
        if (target instanceof MaxComputeTarget.Inline inline) {
            return inline.connection();
        }
        String name = ((MaxComputeTarget.Named) target).dataSource();
        if (dataSources.get(name) instanceof DataSourceConnection.MaxCompute maxCompute) {
            return maxCompute;
        }
        throw noDataSource("writer", "MaxCompute", name, dataSources);
    }

    private static EngineFailure noDataSource(
            String step, String type, String name, Map<String, DataSourceConnection> dataSources) {
        String known = dataSources.keySet().stream().sorted().collect(Collectors.joining(", "));
        // Without any, the document runs by itself, from the shell.
        return badDocument("The %s names the data source '%s', but there is no %s data source of that name here%s."
                .formatted(
                        step,
                        name,
                        type,
                        known.isEmpty()
                                ? "; name the servers in the document itself: server for the reader; endpoint, project,"
                                        + " accessId and accessKey for the writer"
                                : "; these are: " + known));
    }

    private static @Nullable String partition(MaxComputeWriter writer, TableDescription table) throws EngineFailure {
        List<String> keys =
                table.partitionKeys().stream().map(PartitionKey::name).toList();
        String named = writer.partition().stream().map(PartitionValue::key).collect(Collectors.joining(", "));
        if (keys.isEmpty() && writer.partition().isEmpty()) {
            return null;
        }
        if (keys.isEmpty()) {
            throw badDocument(
                    "Table %s has no partitions, but the writer names partition keys: %s. Remove the partition."
                            .formatted(table.name(), named));
        }
        if (writer.partition().size() != keys.size()) {
            throw badDocument("Table %s is partitioned by %s, but the writer names %s. Name every key, as %s."
                    .formatted(table.name(), String.join(", ", keys), named.isEmpty() ? "none" : named, example(keys)));
        }
        List<String> values = new ArrayList<>();
        for (String key : keys) {
            PartitionValue value = writer.partition().stream()
                    .filter(v -> v.key().equalsIgnoreCase(key))
                    .findFirst()
                    .orElseThrow(() -> badDocument("Table %s is partitioned by %s, but the writer names %s."
                            .formatted(table.name(), String.join(", ", keys), named)));
            values.add(key + "=" + value.value());
        }
        return String.join(",", values);
    }

    private static String example(List<String> keys) {
        return keys.stream().map(key -> key + "=…").collect(Collectors.joining(","));
    }

    private static MappingSpec mapping(SyncJob job, TableDescription table) throws EngineFailure {
        List<DestinationColumn> columns = table.columns();
        List<String> sources = job.reader().columns();
        List<String> wanted = job.writer().columns() == null
                ? columns.stream().map(DestinationColumn::name).toList()
                : job.writer().columns();
        if (wanted.size() != sources.size()) {
            throw badDocument(
                    "Table %s has %d columns, but the reader names %d fields. They are matched by position, so both must be as many."
                            .formatted(table.name(), wanted.size(), sources.size()));
        }
        List<@Nullable String> fields = new ArrayList<>(Collections.nCopies(columns.size(), null));
        for (int i = 0; i < wanted.size(); i++) {
            fields.set(indexOf(wanted.get(i), table), sources.get(i));
        }
        return new MappingSpec(
                columns,
                fields,
                job.reader().keyType(),
                job.reader().valueType(),
                job.reader().encoding().name(),
                job.reader().headerEncoding().name(),
                job.settings().columnZone(),
                job.writer().emptyAsNull(),
                OverLength.REFUSED);
    }

    private static int indexOf(String column, TableDescription table) throws EngineFailure {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equalsIgnoreCase(column)) {
                return i;
            }
        }
        if (table.partitionKeys().stream().anyMatch(key -> key.name().equalsIgnoreCase(column))) {
            throw badDocument(
                    "Column %s of table %s is a partition key: its value stands in the writer's partition, not among the columns."
                            .formatted(column, table.name()));
        }
        String known = table.columns().stream()
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw badDocument("Table %s has no column '%s'; these are: %s.".formatted(table.name(), column, known));
    }

    private static EngineFailure badDocument(String message) {
        return EngineFailure.lasting(FailureKind.BAD_DOCUMENT, message);
    }
}
