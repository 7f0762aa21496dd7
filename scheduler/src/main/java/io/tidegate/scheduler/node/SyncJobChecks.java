package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.datasource.DataSource;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a batch synchronization's code says about data sources, and the cautions that need no call to anybody. */
final class SyncJobChecks {
    private SyncJobChecks() {}

    /**
     * @param dataSources those of the workspace, by name
     */
    static List<Finding> of(SyncJobView job, Workspace workspace, Map<String, DataSource> dataSources) {
        List<Finding> findings = new ArrayList<>();
        Environment environment = workspace.mode().commitEnvironment();
        dataSource(
                job.readerField("datasource"),
                job.reader("datasource"),
                DataSourceType.KAFKA,
                environment,
                dataSources,
                findings);
        dataSource(
                job.writerField("datasource"),
                job.writer("datasource"),
                DataSourceType.MAXCOMPUTE,
                environment,
                dataSources,
                findings);
        if (!job.writer("accessKey").isEmpty()) {
            findings.add(Finding.warning(
                    job.writerField("accessKey"),
                    "An access key stands in the code, where every member of the workspace can read it.",
                    "Make a MaxCompute data source and name it instead; then change the key."));
        }
        return findings;
    }

    /** What late records of the node would come to. */
    static List<Finding> ofLatePolicy(SyncJobView job, RerunPolicy rerun) {
        if (!job.reader("latePolicy").equals("repair") || rerun.property() == RerunProperty.ALLOWED) {
            return List.of();
        }
        return List.of(Finding.error(
                job.readerField("latePolicy"),
                "Late records are to be repaired, which runs windows again that have succeeded, but the node's rerun property is "
                        + rerun.property() + ".",
                "Allow reruns, or report late records only."));
    }

    private static void dataSource(
            String field,
            String name,
            DataSourceType type,
            Environment environment,
            Map<String, DataSource> dataSources,
            List<Finding> findings) {
        if (name.isEmpty()) {
            // Missing, or the address stands in the code itself: the engine's parser knows which.
            return;
        }
        DataSource found = dataSources.get(name);
        if (found == null) {
            findings.add(Finding.error(
                    field,
                    "This workspace has no data source " + name + ".",
                    "Correct the name, or make the data source."));
        } else if (found.type() != type) {
            findings.add(Finding.error(
                    field,
                    "The data source " + name + " is of type " + found.type() + ", and " + type + " is needed here.",
                    "Choose a " + type + " data source."));
        } else if (!found.sides().containsKey(environment)) {
            findings.add(Finding.error(
                    field,
                    "The data source " + name + " has no " + environment + " side.",
                    "Fill in its " + environment + " side."));
        } else if (environment == Environment.DEV && !found.sides().containsKey(Environment.PROD)) {
            findings.add(Finding.warning(
                    field,
                    "The data source " + name + " has no PROD side yet: the node cannot be deployed.",
                    "Fill in its PROD side before you deploy."));
        }
    }
}
