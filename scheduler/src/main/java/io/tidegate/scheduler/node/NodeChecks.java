package io.tidegate.scheduler.node;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.datasource.DataSource;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** All that is checked before a draft becomes a version. */
public final class NodeChecks {
    private final Jdbi jdbi;
    private final DataSources dataSources;
    private final ResourceGroups resourceGroups;
    private final ContentsChecks contents;
    private final InstantSource clock;

    public NodeChecks(
            Jdbi jdbi,
            DataSources dataSources,
            ResourceGroups resourceGroups,
            ContentsChecks contents,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.dataSources = dataSources;
        this.resourceGroups = resourceGroups;
        this.contents = contents;
        this.clock = clock;
    }

    /**
     * Everything that can be found, also by asking Kafka and MaxCompute. That one of them cannot be asked is a warning.
     */
    public List<Finding> of(Workspace workspace, Node node, NodeDocument document) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(ScheduleChecks.of(document));
        findings.addAll(ResourceGroupChecks.of(document, resourceGroups.list()));
        findings.addAll(ParameterChecks.of(document));
        switch (node.type()) {
            case BATCH_SYNC -> syncJob(workspace, document, findings);
            case MAXCOMPUTE_SQL -> statements(document, findings);
            case VIRTUAL -> {
                // Runs nothing.
            }
        }
        if (node.type() != NodeType.BATCH_SYNC) {
            outlook(workspace, document, null, findings);
        }
        Environment environment = workspace.mode().commitEnvironment();
        findings.addAll(
                jdbi.withHandle(handle -> new DependencyChecks(handle, environment).of(workspace, node, document)));
        return findings;
    }

    private void outlook(
            Workspace workspace, NodeDocument document, @Nullable SyncJobView job, List<Finding> findings) {
        ScheduleOutlook.of(document, job, workspace.timeZone(), clock.instant())
                .ifPresent(outlook -> outlook.findings().forEach(found -> findings.add(found.finding())));
    }

    private static void statements(NodeDocument document, List<Finding> findings) {
        if (document.code().isBlank()) {
            findings.add(Finding.error("/code", "There is no statement to run.", "Write a MaxCompute SQL statement."));
        }
    }

    private void syncJob(Workspace workspace, NodeDocument document, List<Finding> findings) {
        List<Finding> ofCode = CodeChecks.of(document, workspace.timeZone(), clock.instant());
        findings.addAll(ofCode);
        Optional<SyncJobView> view = SyncJobView.of(document.code());
        if (view.isEmpty()) {
            if (!Finding.anyBlocks(ofCode)) {
                throw new IllegalStateException("The code has no reader and writer, and its parser did not say so");
            }
            return;
        }
        SyncJobView job = view.get();
        Map<String, DataSource> byName = new HashMap<>();
        dataSources.list(workspace.id()).forEach(dataSource -> byName.put(dataSource.name(), dataSource));
        List<Finding> ofSources = SyncJobChecks.of(job, workspace, byName);
        findings.addAll(ofSources);
        findings.addAll(SyncJobChecks.ofLatePolicy(job, document.rerun()));
        outlook(workspace, document, job, findings);
        if (!Finding.anyBlocks(ofSources)) {
            findings.addAll(
                    contents.of(job, workspace.id(), workspace.mode().commitEnvironment(), Finding.Severity.WARNING));
        }
    }
}
