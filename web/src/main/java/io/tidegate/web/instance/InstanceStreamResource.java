package io.tidegate.web.instance;

import io.javalin.http.Context;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.RequestParameters;
import io.tidegate.web.live.LiveStreams;
import io.tidegate.web.session.SessionGate;

/** Instances as they change. */
public final class InstanceStreamResource {
    private final Workspaces workspaces;
    private final Instances instances;
    private final InstanceDetails details;
    private final LiveStreams streams;
    private final SessionGate gate;

    public InstanceStreamResource(
            Workspaces workspaces,
            Instances instances,
            InstanceDetails details,
            LiveStreams streams,
            SessionGate gate) {
        this.workspaces = workspaces;
        this.instances = instances;
        this.details = details;
        this.streams = streams;
        this.gate = gate;
    }

    /** One instance and the log of its newest attempt. */
    public void one(Context ctx) {
        InstanceId id = new InstanceId(RequestParameters.of(ctx).id("instance"));
        // What is not there is said now; afterwards the line is open.
        InstanceDetailView present = details.of(id);
        streams.open(
                ctx, new InstanceSource(instances, details, present.instance().id()), gate.stillSignedIn(ctx));
    }

    /** Which instances of a workspace have changed. */
    public void changes(Context ctx) {
        WorkspaceId workspace = workspaces.get(ctx.pathParam("workspace")).id();
        streams.open(ctx, new ChangesSource(instances, workspace), gate.stillSignedIn(ctx));
    }
}
