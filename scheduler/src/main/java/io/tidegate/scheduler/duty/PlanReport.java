package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.node.NodeId;
import java.util.List;
import java.util.Map;

/**
 * What one tick of the planner did.
 *
 * @param planned how many instances were generated
 * @param findings what stood in the way, by node; a node with a blocking one was not planned and is tried again
 */
public record PlanReport(int planned, Map<NodeId, List<Finding>> findings) {}
