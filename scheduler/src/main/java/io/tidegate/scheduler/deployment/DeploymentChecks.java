package io.tidegate.scheduler.deployment;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.datasource.CatalogException;
import io.tidegate.scheduler.datasource.SchemaDifferences;
import io.tidegate.scheduler.datasource.SecretUnreadableException;
import io.tidegate.scheduler.datasource.TableSchema;
import io.tidegate.scheduler.node.ContentsChecks;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.SyncJobView;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether PROD has what a version needs: the topic, the table, and the table with the schema that the mapping was made for.
 * Here a cluster that cannot be asked is an error, because nobody will look again before the first run.
 */
public final class DeploymentChecks {
    private final ContentsChecks contents;

    public DeploymentChecks(ContentsChecks contents) {
        this.contents = contents;
    }

    List<Finding> of(Workspace workspace, Node node, NodeDocument document) {
        Optional<SyncJobView> view =
                node.type() == NodeType.BATCH_SYNC ? SyncJobView.of(document.code()) : Optional.empty();
        if (view.isEmpty()) {
            return List.of();
        }
        SyncJobView job = view.get();
        List<Finding> findings =
                new ArrayList<>(contents.of(job, workspace.id(), Environment.PROD, Finding.Severity.ERROR));
        if (workspace.has(Environment.DEV)) {
            sameSchema(workspace, job, findings);
        }
        return findings;
    }

    private void sameSchema(Workspace workspace, SyncJobView job, List<Finding> findings) {
        try {
            Optional<TableSchema> dev = contents.table(job, workspace.id(), Environment.DEV);
            Optional<TableSchema> prod = contents.table(job, workspace.id(), Environment.PROD);
            if (dev.isEmpty() || prod.isEmpty()) {
                return;
            }
            for (String difference : SchemaDifferences.between(dev.get(), prod.get())) {
                findings.add(Finding.error(
                        job.writerField("table"),
                        "The table " + job.writer("table") + " differs between DEV and PROD. " + difference,
                        "Alter one of the tables: with different schemas values go to the wrong columns."));
            }
        } catch (CatalogException | NotFoundException | SecretUnreadableException e) {
            findings.add(Finding.warning(
                    job.writerField("table"),
                    "The schemas of DEV and PROD could not be compared: " + e.getMessage(),
                    "Compare them yourself, or test the connectivity and deploy again."));
        }
    }
}
