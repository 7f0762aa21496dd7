package io.tidegate.web.instance;

import io.tidegate.scheduler.cycle.Pace;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceDetail;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.late.LateRecords;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionRef;
import io.tidegate.scheduler.node.Nodes;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import io.tidegate.scheduler.parameter.ParameterSyntaxException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Instances with what their parameters were written as: the instance keeps values only, its node version the expressions. A value
 * that a run by hand or a backfill was given has none: the node's expression would explain another value.
 */
public final class InstanceDetails {
    private static final int VERSIONS_KEPT_MAX = 1000;

    private final Instances instances;
    private final LateRecords late;
    private final Nodes nodes;

    /** Versions never change, and a live stream asks for the same one twice a second. */
    private final Map<VersionKey, Written> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<VersionKey, Written> eldest) {
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
        Written all = instance.nodeVersion() == 0 ? Written.in(instances.document(instance.id())) : written(instance);
        boolean mayBeGiven = instance.origin() == Origin.TEST || instance.origin() == Origin.BACKFILL;
        return mayBeGiven ? all.thatGive(instance) : all.expressions();
    }

    private Written written(Instance instance) {
        VersionKey key = new VersionKey(instance.nodeId(), instance.nodeVersion());
        synchronized (written) {
            Written known = written.get(key);
            if (known != null) {
                return known;
            }
        }
        Written read = Written.in(
                nodes.version(new NodeVersionRef(key.node(), key.version())).document());
        synchronized (written) {
            written.put(key, read);
        }
        return read;
    }

    /** The parameters of a document by name, and the clock on which their offsets are counted. */
    private record Written(Map<String, String> expressions, Pace pace) {
        static Written in(NodeDocument document) {
            return new Written(
                    document.parameters().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    ParameterAssignment::name,
                                    ParameterAssignment::expression,
                                    (first, second) -> second)),
                    document.schedule().cycle().pace());
        }

        /** Without those that say another value at the instance's time than it has. */
        Map<String, String> thatGive(Instance instance) {
            var context = ParameterContext.of(instance.scheduledLocal(), instance.zone(), pace);
            var kept = new HashMap<>(expressions);
            kept.entrySet()
                    .removeIf(entry -> !Objects.equals(
                            instance.parameters().get(entry.getKey()), value(entry.getValue(), context)));
            return kept;
        }

        private static @Nullable String value(String expression, ParameterContext context) {
            try {
                return ParameterExpression.parse(expression).evaluate(context);
            } catch (ParameterSyntaxException e) {
                return null;
            }
        }
    }
}
