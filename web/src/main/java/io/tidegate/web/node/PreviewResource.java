package io.tidegate.web.node;

import io.javalin.http.Context;
import io.tidegate.scheduler.node.DependencyPreview;
import io.tidegate.scheduler.node.Node;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionRef;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.RequestBody;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a node would run next, with which values, what its coming year holds, and what its instances would wait for. */
public final class PreviewResource {
    private final Workspaces workspaces;
    private final Nodes nodes;
    private final RequestBody body;

    record PreviewRequest(
            int count,
            @Nullable NodeDocument document,
            @Nullable Boolean dryRuns,
            @Nullable Boolean outlook) {}

    record Preview(
            ZoneId timeZone,
            List<PreviewedTimeView> items,
            @Nullable OutlookView outlook,
            @Nullable String next) {}

    record DependencyPreviewRequest(
            LocalDate businessDate,
            @Nullable Integer version,
            @Nullable NodeDocument document,
            @Nullable Environment environment) {}

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
        ZoneId zone = workspaces.get(node.workspaceId()).timeZone();
        List<PreviewedTimeView> times =
                nodes.preview(id, document, wanted.count(), Boolean.TRUE.equals(wanted.dryRuns())).stream()
                        .map(run -> PreviewedTimeView.of(run, expressions))
                        .toList();
        OutlookView outlook = Boolean.TRUE.equals(wanted.outlook())
                ? nodes.outlook(id, document).map(OutlookView::of).orElse(null)
                : null;
        ctx.json(new Preview(zone, times, outlook, null));
    }

    public void dependencies(Context ctx) {
        NodeId id = NodeResource.id(ctx);
        Node node = nodes.get(id);
        DependencyPreviewRequest wanted = body.read(ctx, DependencyPreviewRequest.class);
        DependencyPreview preview = nodes.dependencies(
                id,
                document(id, wanted),
                wanted.businessDate(),
                wanted.environment() == null ? Environment.PROD : wanted.environment());
        ctx.json(DependencyPreviewView.of(
                preview, workspaces.get(node.workspaceId()).timeZone()));
    }

    private NodeDocument document(NodeId id, DependencyPreviewRequest wanted) {
        if (wanted.document() != null) {
            return wanted.document();
        }
        return wanted.version() == null
                ? nodes.draft(id).document()
                : nodes.version(new NodeVersionRef(id, wanted.version())).document();
    }
}
