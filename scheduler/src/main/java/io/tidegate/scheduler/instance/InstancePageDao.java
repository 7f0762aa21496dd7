package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * One page of instances. The statement is put together of the conditions that are asked for, and of parts each of which is read
 * from one index in the order of the list, so that a page costs its own rows and not those that are passed over.
 */
final class InstancePageDao {
    private final Handle handle;

    InstancePageDao(Handle handle) {
        this.handle = handle;
    }

    /**
     * @param after the last row of the page before; null for the first page
     */
    List<Instance> page(WorkspaceId workspace, InstanceFilter filter, @Nullable InstanceCursor after, int limit) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("workspace", workspace);
        values.put("environment", filter.environment());
        values.put("limit", limit);
        String bounds = bounds(filter, after, values);
        String ids = parts(filter, values).stream()
                .map(part -> """
                        (SELECT id, scheduled_time FROM instance
                         WHERE workspace_id = :workspace AND environment = :environment AND %s%s
                         ORDER BY scheduled_time DESC, id DESC LIMIT :limit)
                        """.formatted(part, bounds))
                .collect(Collectors.joining("UNION ALL\n"));
        try (Query query = handle.createQuery("""
                SELECT l.* FROM instance_listing l
                WHERE l.id IN (SELECT id FROM (%s) parts ORDER BY scheduled_time DESC, id DESC LIMIT :limit)
                ORDER BY l.scheduled_time DESC, l.id DESC
                """.formatted(ids))) {
            return query.bindMap(values)
                    .registerRowMapper(ConstructorMapper.factory(Instance.class))
                    .mapTo(Instance.class)
                    .list();
        }
    }

    /** What holds for every part. */
    private static String bounds(InstanceFilter filter, @Nullable InstanceCursor after, Map<String, Object> values) {
        StringBuilder bounds = new StringBuilder();
        if (filter.from() != null) {
            bounds.append(" AND scheduled_time >= :from");
            values.put("from", filter.from());
        }
        if (filter.to() != null) {
            bounds.append(" AND scheduled_time < :to");
            values.put("to", filter.to());
        }
        if (after != null) {
            bounds.append(" AND (scheduled_time, id) < (:cursorTime, :cursorId)");
            values.put("cursorTime", after.scheduledTime());
            values.put("cursorId", after.id());
        }
        if (filter.originKey() != null) {
            bounds.append(" AND origin_key = :originKey");
            values.put("originKey", filter.originKey());
        }
        return bounds.toString();
    }

    /** Disjoint conditions that together say what is asked for, each for an index that has the order of the list. */
    private static List<String> parts(InstanceFilter filter, Map<String, Object> values) {
        List<String> parts = new ArrayList<>();
        if (filter.node() != null) {
            values.put("node", filter.node());
            for (Origin origin : filter.origin() == null ? EnumSet.allOf(Origin.class) : EnumSet.of(filter.origin())) {
                // The unique key and instance_page_failed for the calendar, instance_page_node for the rest.
                parts.addAll(withEachState(
                        "node_id = :node AND origin = '%s'%s"
                                .formatted(origin.name(), origin == Origin.CYCLE ? " AND origin_key = ''" : ""),
                        filter));
            }
        } else if (filter.origin() != null && filter.origin() != Origin.CYCLE) {
            // instance_page_origin
            parts.addAll(withEachState("origin = '%s'".formatted(filter.origin().name()), filter));
        } else {
            // instance_page_state
            Set<InstanceState> states =
                    filter.states().isEmpty() ? EnumSet.allOf(InstanceState.class) : EnumSet.copyOf(filter.states());
            for (InstanceState state : states) {
                parts.add("state = '%s'%s"
                        .formatted(state.name(), filter.origin() == null ? "" : " AND origin = 'CYCLE'"));
            }
        }
        return parts;
    }

    private static List<String> withEachState(String condition, InstanceFilter filter) {
        return filter.states().isEmpty()
                ? List.of(condition)
                : filter.states().stream()
                        .map(state -> "%s AND state = '%s'".formatted(condition, state.name()))
                        .toList();
    }
}
