package io.tidegate.scheduler.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterConstructorMapper(AuditEntry.class)
interface AuditDao {
    @SqlUpdate("""
            INSERT INTO audit_entry (at, user_id, workspace_id, action, object, detail)
            VALUES (:at, :userId, :workspaceId, :action, :object, :detail)
            """)
    void insert(
            Instant at,
            @Nullable Long userId,
            @Nullable Long workspaceId,
            String action,
            String object,
            Map<String, String> detail);

    @SqlQuery("""
            SELECT e.id, e.at, u.name AS who, e.action, e.object, e.detail
            FROM audit_entry e LEFT JOIN user_account u ON u.id = e.user_id
            WHERE e.workspace_id = :workspaceId AND e.id < :before
            ORDER BY e.id DESC
            LIMIT :limit
            """)
    List<AuditEntry> ofWorkspaceBefore(long workspaceId, long before, int limit);
}
