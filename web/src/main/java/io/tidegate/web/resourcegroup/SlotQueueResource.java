package io.tidegate.web.resourcegroup;

import io.javalin.http.Context;
import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.dispatch.QueuedInstance;
import io.tidegate.scheduler.dispatch.SlotHolder;
import io.tidegate.scheduler.dispatch.SlotPage;
import io.tidegate.scheduler.dispatch.SlotQueues;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.readiness.Readiness;
import io.tidegate.scheduler.resourcegroup.ResourceGroupId;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestParameters;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has the slots of a resource group, and who waits for them in which order. */
public final class SlotQueueResource {
    private final ResourceGroups groups;
    private final SlotQueues queues;
    private final Instances instances;

    /** As much of an instance as a queue shows. */
    record SlotInstance(
            InstanceId id,
            Environment environment,
            String workspace,
            NodeId nodeId,
            String nodeName,
            NodeType nodeType,
            Origin origin,
            Instant scheduledTime,
            LocalDateTime scheduledLocal,
            ZoneId timeZone,
            int priority) {
        static SlotInstance of(Instance instance) {
            return new SlotInstance(
                    instance.id(),
                    instance.environment(),
                    instance.workspace(),
                    instance.nodeId(),
                    instance.nodeName(),
                    instance.nodeType(),
                    instance.origin(),
                    instance.scheduledTime(),
                    instance.scheduledLocal(),
                    instance.zone(),
                    instance.priority());
        }
    }

    record HolderView(SlotInstance instance, String worker, Instant since, Instant leaseUntil) {
        static HolderView of(SlotHolder holder) {
            return new HolderView(
                    SlotInstance.of(holder.instance()), holder.worker(), holder.since(), holder.leaseUntil());
        }
    }

    /** @param waitingSince from when on it could have run */
    record QueuedView(
            int position,
            SlotInstance instance,
            Instant waitingSince,
            @Nullable String readiness) {
        static QueuedView of(QueuedInstance queued, @Nullable Readiness why) {
            Instance instance = queued.instance();
            return new QueuedView(
                    queued.position(),
                    SlotInstance.of(instance),
                    instance.eligibleAt(),
                    why == null ? null : why.sentence());
        }
    }

    public SlotQueueResource(ResourceGroups groups, SlotQueues queues, Instances instances) {
        this.groups = groups;
        this.queues = queues;
        this.instances = instances;
    }

    public void running(Context ctx) {
        ResourceGroupId group = group(ctx);
        RequestParameters query = RequestParameters.of(ctx).only("cursor", "limit");
        SlotPage<SlotHolder> page = queues.running(group, query.text("cursor").orElse(null), query.limit());
        ctx.json(Page.of(page.items(), HolderView::of, page.next()));
    }

    public void waiting(Context ctx) {
        ResourceGroupId group = group(ctx);
        RequestParameters query = RequestParameters.of(ctx).only("cursor", "limit");
        SlotPage<QueuedInstance> page =
                queues.waiting(group, query.text("cursor").orElse(null), query.limit());
        Map<InstanceId, Readiness> why = instances.readiness(
                page.items().stream().map(QueuedInstance::instance).toList());
        ctx.json(Page.of(
                page.items(),
                queued -> QueuedView.of(queued, why.get(queued.instance().id())),
                page.next()));
    }

    private ResourceGroupId group(Context ctx) {
        return groups.get(ResourceGroupResource.name(ctx)).id();
    }
}
