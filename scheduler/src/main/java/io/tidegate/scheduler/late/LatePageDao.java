package io.tidegate.scheduler.late;

import io.tidegate.scheduler.workspace.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * One page of the ledger. What state a row is in follows from the copies of its window and is in no index: what is open is looked
 * for among so many rows and no more, however many were repaired before.
 */
final class LatePageDao {
    /** How many rows a page of what is open looks at. */
    static final int LOOKED_AT_MAX = 2_000;

    private final Handle handle;
    private final LateFilter filter;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final String rows;

    /**
     * @param before only rows with a smaller id
     */
    LatePageDao(Handle handle, WorkspaceId workspace, LateFilter filter, long before) {
        this.handle = handle;
        this.filter = filter;
        values.put("workspace", workspace);
        values.put("environment", filter.environment());
        values.put("before", before);
        if (filter.node() != null) {
            values.put("node", filter.node());
        }
        // late_record_page, late_record_page_workspace
        rows = """
                SELECT id FROM late_record
                WHERE workspace_id = :workspace AND environment = :environment AND id < :before%s
                ORDER BY id DESC
                """.formatted(filter.node() == null ? "" : " AND node_id = :node");
    }

    /** Newest first. */
    List<LateRecord> page(int limit) {
        try (Query query = handle.createQuery(
                """
                SELECT l.id, l.node_id, l.node_name, l.topic, l.partition, l.first_offset, l.last_offset,
                       l.last_offset - l.first_offset + 1 AS records,
                       CASE WHEN l.state = 'MISSING' THEN l.missing ELSE 0 END AS missing,
                       l.min_timestamp, l.max_timestamp, l.policy, l.state, l.instance_id, l.window_start, l.window_end,
                       l.found_by, l.found_at, l.repair_asked_at
                FROM (%s LIMIT :lookedAt) looked JOIN late_record_listing l ON l.id = looked.id
                %s
                ORDER BY l.id DESC
                LIMIT :limit
                """.formatted(rows, filter.openOnly() ? "WHERE l.state IN ('MISSING', 'NO_WINDOW')" : ""))) {
            return query.bindMap(values)
                    .bind("lookedAt", filter.openOnly() ? LOOKED_AT_MAX : limit)
                    .bind("limit", limit)
                    .registerRowMapper(ConstructorMapper.factory(LateRecord.class))
                    .mapTo(LateRecord.class)
                    .list();
        }
    }

    /** The last row that {@link #page} has looked at, where it stopped before the end. */
    Optional<Long> lookedAtUpTo() {
        try (Query query = handle.createQuery(rows + "OFFSET :passed LIMIT 1")) {
            return query.bindMap(values)
                    .bind("passed", LOOKED_AT_MAX - 1)
                    .mapTo(Long.class)
                    .findOne();
        }
    }
}
