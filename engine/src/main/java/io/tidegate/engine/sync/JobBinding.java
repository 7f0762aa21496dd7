package io.tidegate.engine.sync;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.mapping.MappingRefused;
import io.tidegate.engine.mapping.MappingSpec;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.maxcompute.TableDescription;
import io.tidegate.engine.maxcompute.TableDescription.Kind;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.sync.job.BadDocumentException;
import io.tidegate.engine.sync.job.KafkaReader;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import io.tidegate.engine.sync.job.MaxComputeWriter;
import io.tidegate.engine.sync.job.MaxComputeWriter.MaxComputeTarget;
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
        DataSourceConnection.MaxCompute project = project(job.writer(), dataSources);
        MaxComputeWriter writer = job.writer();
        TableDescription table = new MaxComputeCatalog(project, writer.schema()).table(writer.table());
        refuseOtherThanTable(table);
        UploadTarget target = new UploadTarget(
                project,
                writer.schema(),
                table.name(),
                DestinationPartition.of(writer, table),
                writer.mode(),
                writer.tunnel().quota(),
                writer.tunnel().codec());
        MappingSpec mapping = mapping(job, table);
        try {
            RowMapper.compile(mapping);
        } catch (MappingRefused e) {
            throw badDocument(String.valueOf(e.getMessage()));
        }
        return new JobBinding(job, cluster, target, mapping);
    }

    private static void refuseOtherThanTable(TableDescription table) throws EngineFailure {
        if (table.kind() != Kind.TABLE) {
            throw badDocument("%s is %s, which the Tunnel does not write to. Name a table of the project itself."
                    .formatted(table.name(), table.kind() == Kind.VIEW ? "a view" : "an external table"));
        }
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
            MaxComputeWriter writer, Map<String, DataSourceConnection> dataSources) throws EngineFailure {
        MaxComputeTarget target = writer.target();
        if (target instanceof MaxComputeTarget.Inline inline) {
            return inline.connection();
        }
        String name = ((MaxComputeTarget.Named) target).dataSource();
        if (dataSources.get(name) instanceof DataSourceConnection.MaxCompute maxCompute) {
            String tunnel = writer.tunnel().endpoint();
            return tunnel == null ? maxCompute : maxCompute.withTunnelEndpoint(tunnel);
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
        refuseUnmappedRequired(columns, fields, table);
        return new MappingSpec(
                columns,
                fields,
                job.reader().keyType(),
                job.reader().valueType(),
                job.reader().encoding().name(),
                job.reader().headerEncoding().name(),
                job.settings().columnZone(),
                job.writer().emptyAsNull(),
                job.writer().overLength(),
                job.reader().text());
    }

    private static void refuseUnmappedRequired(
            List<DestinationColumn> columns, List<@Nullable String> fields, TableDescription table)
            throws EngineFailure {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).required() && fields.get(i) == null) {
                throw badDocument(
                        "Column %s of table %s is NOT NULL, but no source field fills it. Add it to the writer's column, and its field to the reader's."
                                .formatted(columns.get(i).name(), table.name()));
            }
        }
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
