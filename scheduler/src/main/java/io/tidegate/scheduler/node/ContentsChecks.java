package io.tidegate.scheduler.node;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.datasource.CatalogException;
import io.tidegate.scheduler.datasource.Catalogs;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.SecretUnreadableException;
import io.tidegate.scheduler.datasource.TableSchema;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the topic and the table that a batch synchronization names are there, in one environment. Calls Kafka and
 * MaxCompute, so it is asked outside of transactions.
 */
public final class ContentsChecks {
    private final DataSources dataSources;
    private final Catalogs catalogs;

    public ContentsChecks(DataSources dataSources, Catalogs catalogs) {
        this.dataSources = dataSources;
        this.catalogs = catalogs;
    }

    /**
     * @param unreachable how grave it is when the cluster or project cannot be asked
     */
    public List<Finding> of(
            SyncJobView job, WorkspaceId workspace, Environment environment, Finding.Severity unreachable) {
        List<Finding> findings = new ArrayList<>();
        if (!job.reader("datasource").isEmpty()) {
            topic(job, workspace, environment, unreachable, findings);
        }
        if (!job.writer("datasource").isEmpty()) {
            table(job, workspace, environment, unreachable, findings);
        }
        return findings;
    }

    private void table(
            SyncJobView job,
            WorkspaceId workspace,
            Environment environment,
            Finding.Severity unreachable,
            List<Finding> findings) {
        try {
            table(job, workspace, environment)
                    .ifPresentOrElse(
                            table -> columns(job, table, environment, findings),
                            () -> missingTable(job, environment, findings));
        } catch (CatalogException | SecretUnreadableException e) {
            findings.add(notAsked(unreachable, job.writerField("datasource"), environment, e));
        } catch (NotFoundException e) {
            findings.add(
                    Finding.error(job.writerField("datasource"), text(e), "Correct the name or fill in that side."));
        }
    }

    /**
     * The table that the job writes to, as it is in an environment.
     *
     * @throws NotFoundException when there is no such data source, or it has no such side
     * @throws CatalogException when the project cannot be asked
     */
    public Optional<TableSchema> table(SyncJobView job, WorkspaceId workspace, Environment environment) {
        DataSourceConnection connection = dataSources.connection(workspace, job.writer("datasource"), environment);
        return connection instanceof DataSourceConnection.MaxCompute project
                        && !job.writer("table").isBlank()
                ? catalogs.table(
                        project, job.writer("schema").isBlank() ? null : job.writer("schema"), job.writer("table"))
                : Optional.empty();
    }

    private void topic(
            SyncJobView job,
            WorkspaceId workspace,
            Environment environment,
            Finding.Severity unreachable,
            List<Finding> findings) {
        try {
            DataSourceConnection connection = dataSources.connection(workspace, job.reader("datasource"), environment);
            String topic = job.reader("topic");
            boolean there = connection instanceof DataSourceConnection.Kafka kafka
                    && catalogs.topics(kafka).stream()
                            .anyMatch(each -> each.name().equals(topic));
            if (!there) {
                findings.add(Finding.error(
                        job.readerField("topic"),
                        "The topic " + topic + " is not in the Kafka cluster of " + environment + ".",
                        "Create the topic there, or choose another one; DEV and PROD need topics of the same name."));
            }
        } catch (CatalogException | SecretUnreadableException e) {
            findings.add(notAsked(unreachable, job.readerField("datasource"), environment, e));
        } catch (NotFoundException e) {
            findings.add(
                    Finding.error(job.readerField("datasource"), text(e), "Correct the name or fill in that side."));
        }
    }

    private static void missingTable(SyncJobView job, Environment environment, List<Finding> findings) {
        findings.add(
                Finding.error(
                        job.writerField("table"),
                        "The table " + job.writer("table") + " is not in the MaxCompute project of " + environment
                                + ".",
                        "Create it with Generate Destination Table Schema; DEV and PROD need tables of the same name and schema."));
    }

    private static void columns(SyncJobView job, TableSchema table, Environment environment, List<Finding> findings) {
        Set<String> there = names(table.columns());
        for (String column : job.writerColumns()) {
            if (!column.equals("*") && !there.contains(column.toLowerCase(Locale.ROOT))) {
                findings.add(Finding.error(
                        job.writerField("column"),
                        "The table " + table.name() + " has no column " + column + " in " + environment + ".",
                        "Choose one of " + String.join(", ", there) + "."));
            }
        }
        Set<String> keys = names(table.partitionKeys());
        Set<String> given = partitionKeys(job.writer("partition"));
        if (!keys.equals(given)) {
            findings.add(Finding.error(
                    job.writerField("partition"),
                    keys.isEmpty()
                            ? "The table " + table.name() + " has no partitions in " + environment + "."
                            : "The table " + table.name() + " is partitioned by " + String.join(", ", keys) + " in "
                                    + environment + ", and the job names "
                                    + (given.isEmpty() ? "no partition." : String.join(", ", given) + "."),
                    keys.isEmpty() ? "Leave the partition empty." : "Give each of these keys a value, and no other."));
        }
    }

    private static Set<String> names(List<TableSchema.Column> columns) {
        Set<String> names = new LinkedHashSet<>();
        columns.forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
        return names;
    }

    private static Set<String> partitionKeys(String partition) {
        Set<String> keys = new LinkedHashSet<>();
        for (String part : partition.split("[,/]", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                keys.add(part.substring(0, equals).strip().toLowerCase(Locale.ROOT));
            }
        }
        return keys;
    }

    private static Finding notAsked(
            Finding.Severity severity, String field, Environment environment, RuntimeException why) {
        return new Finding(
                severity,
                field,
                "It could not be checked in " + environment + ": " + text(why),
                "Test the connectivity of the data source, and check again.");
    }

    private static String text(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
