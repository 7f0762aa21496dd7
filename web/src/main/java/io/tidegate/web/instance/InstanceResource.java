package io.tidegate.web.instance;

import io.javalin.http.Context;
import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceFilter;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstancePage;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.late.LateRecords;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.readiness.Readiness;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.ProblemException;
import io.tidegate.web.http.RequestParameters;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Instances. What can be done to them is in {@link OperationResource}. */
public final class InstanceResource {
    private final Workspaces workspaces;
    private final Instances instances;
    private final LateRecords late;
    private final InstanceDetails details;

    public InstanceResource(Workspaces workspaces, Instances instances, LateRecords late, InstanceDetails details) {
        this.workspaces = workspaces;
        this.instances = instances;
        this.late = late;
        this.details = details;
    }

    public void list(Context ctx) {
        WorkspaceId workspace = workspaces.get(ctx.pathParam("workspace")).id();
        RequestParameters query = RequestParameters.of(ctx)
                .only("environment", "state", "node", "origin", "originKey", "from", "to", "cursor", "limit");
        InstanceFilter filter = new InstanceFilter(
                query.one("environment", Environment.class).orElse(Environment.PROD),
                Set.copyOf(query.many("state", InstanceState.class)),
                query.number("node").map(NodeId::new).orElse(null),
                query.one("origin", Origin.class).orElse(null),
                query.text("originKey").orElse(null),
                query.instant("from").orElse(null),
                query.instant("to").orElse(null));
        refuseReversed(filter);
        InstancePage page =
                instances.list(workspace, filter, query.text("cursor").orElse(null), query.limit());
        Map<InstanceId, Long> missing =
                late.missingAmong(page.items().stream().map(Instance::id).toList());
        Map<InstanceId, Readiness> readiness = instances.readiness(page.items());
        ctx.json(Page.of(
                page.items(),
                instance -> {
                    Readiness why = readiness.get(instance.id());
                    return InstanceView.of(
                            instance, missing.getOrDefault(instance.id(), 0L), why == null ? null : why.sentence());
                },
                page.next()));
    }

    public void get(Context ctx) {
        ctx.json(details.of(id(ctx)));
    }

    public void log(Context ctx) {
        RequestParameters query = RequestParameters.of(ctx).only("after");
        AttemptId attempt = new AttemptId(query.id("attempt"));
        long after = query.number("after").orElse(0L);
        if (after < 0 || after > Integer.MAX_VALUE) {
            throw ProblemException.badRequest("The query parameter after is the number of a chunk, from 0.");
        }
        ctx.json(instances.log(attempt, (int) after));
    }

    private static void refuseReversed(InstanceFilter filter) {
        Instant from = filter.from();
        Instant to = filter.to();
        if (from != null && to != null && from.isAfter(to)) {
            throw ProblemException.badRequest("The query parameter to is before from. Exchange the two.");
        }
    }

    static InstanceId id(Context ctx) {
        return new InstanceId(RequestParameters.of(ctx).id("instance"));
    }
}
