package io.tidegate.web.node;

import io.javalin.http.Context;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.PreviewedRun;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.RequestBody;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a node would run next, and with which values. */
public final class PreviewResource {
    private final Workspaces workspaces;
    private final Nodes nodes;
    private final RequestBody body;

    record PreviewRequest(int count, @Nullable NodeDocument document) {}

    record PreviewedParameter(
            String name,
            @Nullable String expression,
            @Nullable String value,
            @Nullable String error) {}

    record PreviewedTime(
            Instant scheduledTime,
            LocalDateTime scheduledLocal,
            LocalDate businessDate,
            List<PreviewedParameter> parameters) {}

    record Preview(
            ZoneId timeZone,
            List<PreviewedTime> items,
            @Nullable String next) {}

    public PreviewResource(Workspaces workspaces, Nodes nodes, RequestBody body) {
        this.workspaces = workspaces;
        this.nodes = nodes;
        this.body = body;
    }

    public void preview(Context ctx) {
        NodeId id = NodeResource.id(ctx);
        Node node = nodes.get(id);
        PreviewRequest wanted = body.read(ctx, PreviewRequest.class);
        NodeDocument document = wanted.document() == null ? nodes.draft(id).document() : wanted.document();
        Map<String, String> expressions = document.parameters().stream()
                .collect(Collectors.toUnmodifiableMap(
                        ParameterAssignment::name, ParameterAssignment::expression, (first, second) -> first));
        List<PreviewedTime> times = nodes.preview(id, document, wanted.count()).stream()
                .map(run -> time(run, expressions))
                .toList();
        ctx.json(new Preview(workspaces.get(node.workspaceId()).timeZone(), times, null));
    }

    private static PreviewedTime time(PreviewedRun run, Map<String, String> expressions) {
        LocalDateTime local = run.scheduledTime().local();
        return new PreviewedTime(
                run.scheduledTime().instant(),
                local,
                local.toLocalDate().minusDays(1),
                run.parameters().stream()
                        .map(value -> new PreviewedParameter(
                                value.name(), expressions.get(value.name()), value.value(), value.error()))
                        .toList());
    }
}
