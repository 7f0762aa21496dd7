package io.tidegate.web;

import io.tidegate.web.alert.AlertChannelResource;
import io.tidegate.web.alert.AlertResource;
import io.tidegate.web.alert.AlertRuleResource;
import io.tidegate.web.backfill.BackfillResource;
import io.tidegate.web.datasource.CatalogResource;
import io.tidegate.web.datasource.DataSourceResource;
import io.tidegate.web.deployment.DeploymentResource;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.instance.InstanceDetails;
import io.tidegate.web.instance.InstanceResource;
import io.tidegate.web.instance.InstanceStreamResource;
import io.tidegate.web.instance.LateRecordResource;
import io.tidegate.web.instance.OperationResource;
import io.tidegate.web.live.LiveStreams;
import io.tidegate.web.node.DraftResource;
import io.tidegate.web.node.NodeResource;
import io.tidegate.web.node.NodeRunResource;
import io.tidegate.web.node.PreviewResource;
import io.tidegate.web.resourcegroup.ResourceGroupResource;
import io.tidegate.web.resourcegroup.SlotQueueResource;
import io.tidegate.web.server.ServerResource;
import io.tidegate.web.session.SessionCookie;
import io.tidegate.web.session.SessionGate;
import io.tidegate.web.session.SessionResource;
import io.tidegate.web.worker.WorkerResource;
import io.tidegate.web.workflow.WorkflowResource;
import io.tidegate.web.workspace.WorkspaceResource;
import java.time.InstantSource;

/** What the routes lead to: the resources of every noun. */
record Resources(
        ServerResource server,
        SessionResource session,
        WorkspaceResource workspace,
        DataSourceResource dataSource,
        CatalogResource catalog,
        WorkflowResource workflow,
        NodeResource node,
        DraftResource draft,
        PreviewResource preview,
        NodeRunResource nodeRun,
        DeploymentResource deployment,
        InstanceResource instance,
        OperationResource operation,
        InstanceStreamResource instanceStream,
        LateRecordResource lateRecord,
        BackfillResource backfill,
        AlertChannelResource alertChannel,
        AlertRuleResource alertRule,
        AlertResource alert,
        ResourceGroupResource resourceGroup,
        SlotQueueResource slotQueue,
        WorkerResource worker) {

    /** What resources need besides services. */
    record Frame(SessionGate gate, SessionCookie cookie, LiveStreams streams, RequestBody body, InstantSource clock) {}

    static Resources of(Services services, Frame frame) {
        RequestBody body = frame.body();
        InstanceDetails details = new InstanceDetails(services.instances(), services.lateRecords(), services.nodes());
        return new Resources(
                new ServerResource(services.databaseAnswers()),
                new SessionResource(services.users(), services.sessions(), frame.cookie(), body, frame.clock()),
                new WorkspaceResource(services.workspaces(), services.retention(), body),
                new DataSourceResource(services.workspaces(), services.dataSources(), body),
                new CatalogResource(services.workspaces(), services.dataSources(), services.dataSourceContents(), body),
                new WorkflowResource(services.workspaces(), services.workflows(), body),
                new NodeResource(services.workspaces(), services.nodes(), body),
                new DraftResource(services.nodes(), body),
                new PreviewResource(services.workspaces(), services.nodes(), body),
                new NodeRunResource(services.testRuns(), services.nodeFreezes(), details::view, body),
                new DeploymentResource(services.workspaces(), services.deployments(), body),
                new InstanceResource(services.workspaces(), services.instances(), services.lateRecords(), details),
                new OperationResource(
                        services.workspaces(), services.instanceActions(), services.bulkActions(), details, body),
                new InstanceStreamResource(
                        services.workspaces(), services.instances(), details, frame.streams(), frame.gate()),
                new LateRecordResource(services.workspaces(), services.lateRecords(), services.lateRepairs(), details),
                new BackfillResource(services.workspaces(), services.backfills(), services.backfillActions(), body),
                new AlertChannelResource(services.workspaces(), services.alertChannels(), body),
                new AlertRuleResource(services.workspaces(), services.alertRules(), body),
                new AlertResource(services.workspaces(), services.alerts()),
                new ResourceGroupResource(
                        services.workspaces(),
                        services.resourceGroups(),
                        services.resourceGroupActions(),
                        services.slotQueues(),
                        body),
                new SlotQueueResource(services.resourceGroups(), services.slotQueues(), services.instances()),
                new WorkerResource(services.workers(), frame.clock()));
    }
}
