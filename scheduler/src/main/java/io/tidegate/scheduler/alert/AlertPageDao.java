package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.workspace.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** One page of alerts. The statement names only what is asked for, so that PostgreSQL can choose the index that fits. */
final class AlertPageDao {
    private final Handle handle;

    AlertPageDao(Handle handle) {
        this.handle = handle;
    }

    /**
     * @param before only alerts with a smaller id
     */
    List<Alert> page(WorkspaceId workspace, AlertFilter filter, long before, int limit) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder conditions = new StringBuilder("WHERE a.workspace_id = :workspace AND a.id < :before");
        values.put("workspace", workspace);
        values.put("before", before);
        values.put("limit", limit);
        require("environment", filter.environment(), conditions, values);
        require("kind", filter.kind(), conditions, values);
        require("rule_id", filter.rule(), conditions, values);
        require("node_id", filter.node(), conditions, values);
        require("instance_id", filter.instance(), conditions, values);
        if (filter.openOnly()) {
            conditions.append(" AND a.acknowledged_at IS NULL");
        }
        try (Query query =
                handle.createQuery("%s%s ORDER BY a.id DESC LIMIT :limit".formatted(AlertDao.SHOWN, conditions))) {
            return query.bindMap(values)
                    .registerRowMapper(ConstructorMapper.factory(Alert.class))
                    .mapTo(Alert.class)
                    .list();
        }
    }

    private static void require(
            String column, @Nullable Object value, StringBuilder conditions, Map<String, Object> values) {
        if (value != null) {
            conditions.append(" AND a.%1$s = :%1$s".formatted(column));
            values.put(column, value);
        }
    }
}
