package io.tidegate.web.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.node.DependencyPreview;
import io.tidegate.scheduler.node.NodeId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** Which instances of a date wait for which, as JSON. */
record DependencyPreviewView(
        LocalDate businessDate, ZoneId timeZone, List<InstanceView> instances, List<Finding> findings) {

    static DependencyPreviewView of(DependencyPreview preview, ZoneId zone) {
        return new DependencyPreviewView(
                preview.businessDate(),
                zone,
                preview.instances().stream().map(InstanceView::of).toList(),
                preview.findings());
    }

    record InstanceView(
            Instant scheduledTime,
            LocalDateTime scheduledLocal,
            boolean dryRun,
            List<NeighbourView> parents,
            List<NeighbourView> children) {
        static InstanceView of(DependencyPreview.PreviewedInstance instance) {
            return new InstanceView(
                    instance.time().instant(),
                    instance.time().local(),
                    instance.dryRun(),
                    instance.parents().stream().map(NeighbourView::of).toList(),
                    instance.children().stream().map(NeighbourView::of).toList());
        }
    }

    record NeighbourView(
            NodeId nodeId,
            String node,
            String workspace,
            boolean previous,
            boolean dryRun,
            List<LocalDateTime> scheduledLocals) {
        static NeighbourView of(DependencyPreview.Neighbour neighbour) {
            return new NeighbourView(
                    neighbour.nodeId(),
                    neighbour.node(),
                    neighbour.workspace(),
                    neighbour.previous(),
                    neighbour.dryRun(),
                    neighbour.times());
        }
    }
}
