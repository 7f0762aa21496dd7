package io.tidegate.web.node;

import io.javalin.http.Context;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.NodeFreezes;
import io.tidegate.scheduler.testrun.NewTestRun;
import io.tidegate.scheduler.testrun.TestRuns;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.RequestBody;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a node by hand, and holds its instances back. */
public final class NodeRunResource {
    private final TestRuns testRuns;
    private final NodeFreezes freezes;
    private final Function<InstanceId, Object> instances;
    private final RequestBody body;

    record TestRunRequest(
            NewTestRun.Code code,
            @Nullable Integer version,
            @Nullable LocalDate businessDate,
            @Nullable LocalTime at,
            @Nullable Map<String, String> parameters) {}

    record FreezeRequest(
            @Nullable Boolean waiting, @Nullable String reason) {
        boolean waitingToo() {
            return Boolean.TRUE.equals(waiting);
        }

        String why() {
            return reason == null ? "" : reason;
        }
    }

    record Touched(int instances) {}

    /**
     * @param instances what is told of an instance
     */
    public NodeRunResource(
            TestRuns testRuns, NodeFreezes freezes, Function<InstanceId, Object> instances, RequestBody body) {
        this.testRuns = testRuns;
        this.freezes = freezes;
        this.instances = instances;
        this.body = body;
    }

    public void test(Context ctx) {
        TestRunRequest wanted = body.read(ctx, TestRunRequest.class);
        Map<String, String> parameters = wanted.parameters();
        NewTestRun run = new NewTestRun(
                wanted.code(),
                wanted.version(),
                wanted.businessDate(),
                wanted.at(),
                parameters == null ? Map.of() : parameters);
        InstanceId started = testRuns.start(NodeResource.id(ctx), run, Caller.id(ctx));
        ctx.status(201).json(instances.apply(started));
    }

    public void freeze(Context ctx) {
        FreezeRequest wanted = body.read(ctx, FreezeRequest.class);
        ctx.json(new Touched(freezes.freeze(NodeResource.id(ctx), wanted.waitingToo(), wanted.why(), Caller.id(ctx))));
    }

    public void unfreeze(Context ctx) {
        FreezeRequest wanted = body.read(ctx, FreezeRequest.class);
        ctx.json(
                new Touched(freezes.unfreeze(NodeResource.id(ctx), wanted.waitingToo(), wanted.why(), Caller.id(ctx))));
    }
}
