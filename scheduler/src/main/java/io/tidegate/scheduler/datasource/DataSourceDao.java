package io.tidegate.scheduler.datasource;

import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(DataSourceDao.Row.class)
@RegisterConstructorMapper(DataSourceDao.SideRow.class)
interface DataSourceDao {
    record Row(
            DataSourceId id,
            WorkspaceId workspaceId,
            String name,
            DataSourceType type,
            String description,
            Instant createdAt) {}

    @SuppressWarnings("ArrayRecordComponent") // read from one row and decrypted at once, never compared
    record SideRow(
            DataSourceId dataSourceId,
            Environment environment,
            Map<String, String> config,
            byte[] secrets,
            List<String> secretFields,
            String keyId) {
        @Override
        public String toString() {
            return "SideRow[" + dataSourceId + ", " + environment + "]";
        }
    }

    @SqlUpdate("""
            INSERT INTO data_source (workspace_id, name, type, description, created_at)
            VALUES (:workspaceId, :name, :type, :description, :createdAt)
            ON CONFLICT (workspace_id, name) DO NOTHING
            """)
    @GetGeneratedKeys("id")
    Optional<DataSourceId> insert(
            WorkspaceId workspaceId, String name, DataSourceType type, String description, Instant createdAt);

    @SqlUpdate("UPDATE data_source SET description = :description WHERE id = :id")
    void describe(DataSourceId id, String description);

    @SqlUpdate("""
            INSERT INTO data_source_side (data_source_id, environment, config, secrets, secret_fields, key_id, updated_at)
            VALUES (:id, :environment, :config, :secrets, :secretFields, :keyId, :updatedAt)
            ON CONFLICT (data_source_id, environment) DO UPDATE
            SET config = excluded.config, secrets = excluded.secrets, secret_fields = excluded.secret_fields,
                key_id = excluded.key_id, updated_at = excluded.updated_at
            """)
    void writeSide(
            DataSourceId id,
            Environment environment,
            Map<String, String> config,
            byte[] secrets,
            List<String> secretFields,
            String keyId,
            Instant updatedAt);

    @SqlQuery("""
            SELECT id, workspace_id, name, type, description, created_at FROM data_source
            WHERE workspace_id = :workspaceId
            ORDER BY name
            """)
    List<Row> ofWorkspace(WorkspaceId workspaceId);

    @SqlQuery("""
            SELECT id, workspace_id, name, type, description, created_at FROM data_source
            WHERE workspace_id = :workspaceId AND name = :name
            """)
    Optional<Row> find(WorkspaceId workspaceId, String name);

    @SqlQuery("""
            SELECT id, workspace_id, name, type, description, created_at FROM data_source
            WHERE workspace_id = :workspaceId AND name = :name
            FOR UPDATE
            """)
    Optional<Row> findAndLock(WorkspaceId workspaceId, String name);

    @SqlQuery("""
            SELECT s.data_source_id, s.environment, s.config, s.secrets, s.secret_fields, s.key_id
            FROM data_source_side s JOIN data_source d ON d.id = s.data_source_id
            WHERE d.workspace_id = :workspaceId
            ORDER BY s.data_source_id, s.environment
            """)
    List<SideRow> sidesOfWorkspace(WorkspaceId workspaceId);

    @SqlQuery("""
            SELECT data_source_id, environment, config, secrets, secret_fields, key_id
            FROM data_source_side
            WHERE data_source_id = :id
            ORDER BY environment
            """)
    List<SideRow> sides(DataSourceId id);
}
