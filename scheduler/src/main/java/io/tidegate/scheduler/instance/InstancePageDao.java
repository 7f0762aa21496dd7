package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.workspace.WorkspaceId;
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
 * from one index in the order of the list. PostgreSQL merges the parts and stops at the end of the page, so that a page costs its
 * own rows and not those that are passed over. Names are looked up last, for the rows of the page only.
 */
final class InstancePageDao {
    /**
     * When the oldest instance of a state in the whole workspace was scheduled: of a node, nothing before it is looked at. What is
     * not over is mostly new, and an index that tells it apart would cost every instance that is planned.
     */
    private static final String OLDEST = """
            (SELECT o.scheduled_time FROM instance o
             WHERE o.workspace_id = :workspace AND o.environment = :environment AND o.state = '%s'
             ORDER BY o.scheduled_time LIMIT 1)""";

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
        // Order and limit in each part: without them PostgreSQL does not see that an index has the order.
        String parts = parts(filter).stream()
                .map(part -> """
                        (SELECT * FROM instance
                         WHERE workspace_id = :workspace AND environment = :environment AND %s%s
                         ORDER BY scheduled_time DESC, id DESC LIMIT :limit)
                        """.formatted(part, bounds))
                .collect(Collectors.joining("UNION ALL\n"));
        try (Query query = handle.createQuery("""
                SELECT %s
                FROM (SELECT * FROM (%s) parts ORDER BY scheduled_time DESC, id DESC LIMIT :limit) i
                %s
                ORDER BY i.scheduled_time DESC, i.id DESC
                """.formatted(InstanceColumns.NAMED, parts, InstanceColumns.NAMES))) {
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
        if (filter.node() != null) {
            bounds.append(" AND node_id = :node");
            values.put("node", filter.node());
        }
        if (filter.originKey() != null) {
            bounds.append(" AND origin_key = :originKey");
            values.put("originKey", filter.originKey());
        }
        return bounds.toString();
    }

    /** Disjoint conditions that together say what is asked for, each for an index that has the order of the list. */
    private static List<String> parts(InstanceFilter filter) {
        if (filter.node() == null && filter.origin() == null && filter.originKey() == null) {
            // instance_page_state
            return ofEachState("true", filter);
        }
        return (filter.origin() == null ? EnumSet.allOf(Origin.class) : EnumSet.of(filter.origin()))
                .stream()
                        .flatMap(origin ->
                                (origin == Origin.CYCLE ? ofCalendar(filter) : ofOrigin(origin, filter)).stream())
                        .toList();
    }

    private static List<String> ofCalendar(InstanceFilter filter) {
        if (filter.node() == null) {
            // instance_page_state, which has little else in it
            return ofEachState("origin = 'CYCLE'", filter);
        }
        String condition = "origin = 'CYCLE' AND origin_key = ''";
        if (filter.states().isEmpty()) {
            // the unique key
            return List.of(condition);
        }
        return filter.states().stream()
                .map(state -> switch (state) {
                    // the unique key; instance_page_failed
                    case SUCCESS, FAILED -> "%s AND state = '%s'".formatted(condition, state.name());
                    case NOT_RUN, WAIT_TIME, WAIT_RESOURCE, RUNNING ->
                        "%s AND state = '%s' AND scheduled_time >= %s"
                                .formatted(condition, state.name(), OLDEST.formatted(state.name()));
                })
                .toList();
    }

    private static List<String> ofOrigin(Origin origin, InstanceFilter filter) {
        String condition = "origin = '%s'".formatted(origin.name());
        return filter.node() == null && filter.originKey() == null
                // instance_page_origin
                ? ofEachState(condition, filter)
                // instance_page_node, instance_page_origin_key
                : ofWantedStates(condition, filter);
    }

    /** For an index that has the order of the list within each state only. */
    private static List<String> ofEachState(String condition, InstanceFilter filter) {
        Set<InstanceState> states = filter.states().isEmpty() ? EnumSet.allOf(InstanceState.class) : filter.states();
        return states.stream()
                .map(state -> "%s AND state = '%s'".formatted(condition, state.name()))
                .toList();
    }

    private static List<String> ofWantedStates(String condition, InstanceFilter filter) {
        return filter.states().isEmpty() ? List.of(condition) : ofEachState(condition, filter);
    }
}
