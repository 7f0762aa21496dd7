package io.tidegate.web.instance;

import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceDetail;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.late.LateRecords;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionRef;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.node.ParameterAssignment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Instances with what their parameters were written as: the instance keeps values only, its node version the expressions. */
public final class InstanceDetails {
    private static final int VERSIONS_KEPT_MAX = 1000;

    private final Instances instances;
    private final LateRecords late;
    private final Nodes nodes;

    /** Versions never change, and a live stream asks for the same one twice a second. */
    private final Map<VersionKey, Map<String, String>> expressions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<VersionKey, Map<String, String>> eldest) {
            return size() > VERSIONS_KEPT_MAX;
        }
    };

    private record VersionKey(NodeId node, int version) {}

    public InstanceDetails(Instances instances, LateRecords late, Nodes nodes) {
        this.instances = instances;
        this.late = late;
        this.nodes = nodes;
    }

    /** Everything of an instance, ready to be written as JSON. */
    public Object view(InstanceId id) {
        return of(id);
    }

    InstanceDetailView of(InstanceId id) {
        InstanceDetail detail = instances.get(id);
        return InstanceDetailView.of(detail, late.of(id).orElse(null), expressions(detail.instance()));
    }

    private Map<String, String> expressions(Instance instance) {
        if (instance.parameters().isEmpty()) {
            return Map.of();
        }
        if (instance.nodeVersion() == 0) {
            return expressions(instances.document(instance.id()));
        }
        VersionKey key = new VersionKey(instance.nodeId(), instance.nodeVersion());
        synchronized (expressions) {
            Map<String, String> known = expressions.get(key);
            if (known != null) {
                return known;
            }
        }
        Map<String, String> read = read(key);
        synchronized (expressions) {
            expressions.put(key, read);
        }
        return read;
    }

    private Map<String, String> read(VersionKey key) {
        return expressions(
                nodes.version(new NodeVersionRef(key.node(), key.version())).document());
    }

    private static Map<String, String> expressions(NodeDocument document) {
        return document.parameters().stream()
                .collect(Collectors.toUnmodifiableMap(
                        ParameterAssignment::name, ParameterAssignment::expression, (first, second) -> second));
    }
}
