package io.tidegate.scheduler.alert;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which nodes of a workspace a rule is about. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AlertScope.All.class, name = "ALL"),
    @JsonSubTypes.Type(value = AlertScope.OfWorkflow.class, name = "WORKFLOW"),
    @JsonSubTypes.Type(value = AlertScope.Chosen.class, name = "NODES"),
})
public sealed interface AlertScope {
    /**
     * Whether a node is meant.
     *
     * @param workflow its workflow; null for the root node
     */
    boolean holds(long node, @Nullable Long workflow);

    /** Every node, also those that come later; not the root node, which does nothing. */
    record All() implements AlertScope {
        @Override
        public boolean holds(long node, @Nullable Long workflow) {
            return workflow != null;
        }
    }

    /** Every node of a workflow, also those that come later. */
    record OfWorkflow(long workflowId) implements AlertScope {
        @Override
        public boolean holds(long node, @Nullable Long workflow) {
            return workflow != null && workflow == workflowId;
        }
    }

    /** These nodes. */
    record Chosen(List<Long> nodeIds) implements AlertScope {
        // Left as it is, so that a null in a request is found and named and not thrown about.
        public Chosen {
            nodeIds = java.util.Collections.unmodifiableList(nodeIds);
        }

        @Override
        public boolean holds(long node, @Nullable Long workflow) {
            return nodeIds.contains(node);
        }
    }
}
