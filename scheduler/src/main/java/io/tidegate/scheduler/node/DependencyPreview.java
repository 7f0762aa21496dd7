package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * Which instances a node's instances of one date would wait for, and which would wait for them, if a document of it were live.
 *
 * @param businessDate the day before the one on which the instances are scheduled
 * @param instances by scheduled time
 * @param findings what is wrong, and what a user might not expect
 */
public record DependencyPreview(LocalDate businessDate, List<PreviewedInstance> instances, List<Finding> findings) {
    public DependencyPreview {
        instances = List.copyOf(instances);
        findings = List.copyOf(findings);
    }

    /**
     * One instance of the node.
     *
     * @param dryRun whether it succeeds without working
     */
    public record PreviewedInstance(
            ScheduledTime time, boolean dryRun, List<Neighbour> parents, List<Neighbour> children) {}

    /**
     * The instances of one other node, or of the node itself, at the other end of edges.
     *
     * @param previous whether they are edges to the previous cycle
     * @param times in the zone of the other node's workspace, ascending
     * @param dryRun whether none of them works
     */
    public record Neighbour(
            NodeId nodeId,
            String node,
            String workspace,
            boolean previous,
            List<LocalDateTime> times,
            boolean dryRun) {}
}
