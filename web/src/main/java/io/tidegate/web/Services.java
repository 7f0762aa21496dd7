package io.tidegate.web;

import io.tidegate.scheduler.alert.AlertRules;
import io.tidegate.scheduler.alert.Alerts;
import io.tidegate.scheduler.alert.channel.AlertChannels;
import io.tidegate.scheduler.backfill.BackfillActions;
import io.tidegate.scheduler.backfill.Backfills;
import io.tidegate.scheduler.datasource.DataSourceContents;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.deployment.Deployments;
import io.tidegate.scheduler.dispatch.SlotQueues;
import io.tidegate.scheduler.dispatch.Workers;
import io.tidegate.scheduler.instance.BulkActions;
import io.tidegate.scheduler.instance.InstanceActions;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.instance.NodeFreezes;
import io.tidegate.scheduler.late.LateRecords;
import io.tidegate.scheduler.late.LateRepairs;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.resourcegroup.ResourceGroupActions;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.retention.Retention;
import io.tidegate.scheduler.testrun.TestRuns;
import io.tidegate.scheduler.user.Sessions;
import io.tidegate.scheduler.user.Users;
import io.tidegate.scheduler.workflow.Workflows;
import io.tidegate.scheduler.workspace.Workspaces;
import java.util.function.BooleanSupplier;

/**
 * The services of the scheduler that the API calls.
 *
 * @param databaseAnswers tries the database; false when it does not answer, never an exception
 */
public record Services(
        Users users,
        Sessions sessions,
        Workspaces workspaces,
        Retention retention,
        DataSources dataSources,
        DataSourceContents dataSourceContents,
        Workflows workflows,
        Nodes nodes,
        Deployments deployments,
        Instances instances,
        InstanceActions instanceActions,
        BulkActions bulkActions,
        NodeFreezes nodeFreezes,
        TestRuns testRuns,
        LateRecords lateRecords,
        LateRepairs lateRepairs,
        Backfills backfills,
        AlertChannels alertChannels,
        AlertRules alertRules,
        Alerts alerts,
        BackfillActions backfillActions,
        ResourceGroups resourceGroups,
        ResourceGroupActions resourceGroupActions,
        SlotQueues slotQueues,
        Workers workers,
        BooleanSupplier databaseAnswers) {}
