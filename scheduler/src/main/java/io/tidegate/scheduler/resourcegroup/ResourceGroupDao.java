package io.tidegate.scheduler.resourcegroup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(ResourceGroup.class)
interface ResourceGroupDao {
    @SqlQuery("""
            SELECT id, name, kind, slots, description, revision FROM resource_group
            WHERE deleted_at IS NULL
            ORDER BY name
            """)
    List<ResourceGroup> all();

    @SqlQuery("""
            SELECT id, name, kind, slots, description, revision FROM resource_group
            WHERE name = :name AND deleted_at IS NULL
            """)
    Optional<ResourceGroup> find(String name);

    /** Nobody deletes them before the transaction ends. Claims, which lock for another purpose, go on. */
    @SqlQuery("""
            SELECT id, name, kind, slots, description, revision FROM resource_group
            WHERE name IN (<names>) AND deleted_at IS NULL
            ORDER BY id
            FOR KEY SHARE
            """)
    List<ResourceGroup> hold(@BindList Set<String> names);

    /** Nobody comes to refer to it before the transaction ends. */
    @SqlQuery("""
            SELECT id, name, kind, slots, description, revision FROM resource_group
            WHERE name = :name AND deleted_at IS NULL
            FOR UPDATE
            """)
    Optional<ResourceGroup> lock(String name);

    @SqlQuery("""
            SELECT name, kind, deleted_at IS NOT NULL AS deleted FROM resource_group
            WHERE lower(name) = lower(:name)
            """)
    @RegisterConstructorMapper(Namesake.class)
    Optional<Namesake> namesake(String name);

    @SqlQuery("SELECT count(*) FROM resource_group WHERE deleted_at IS NULL")
    int count();

    @SqlUpdate("""
            INSERT INTO resource_group (name, kind, slots, description)
            VALUES (:name, :kind, :slots, :description)
            ON CONFLICT (lower(name)) DO NOTHING
            """)
    int insert(String name, ResourceGroup.Kind kind, int slots, String description);

    @SqlUpdate("""
            UPDATE resource_group
            SET slots = :slots, description = :description, revision = revision + 1, deleted_at = NULL
            WHERE name = :name AND kind = :kind AND deleted_at IS NOT NULL
            """)
    int revive(String name, ResourceGroup.Kind kind, int slots, String description);

    @SqlUpdate("""
            UPDATE resource_group SET slots = :slots, description = :description, revision = revision + 1
            WHERE id = :id AND revision = :expectedRevision
            """)
    int update(ResourceGroupId id, int slots, String description, long expectedRevision);

    @SqlUpdate("UPDATE resource_group SET deleted_at = :now, revision = revision + 1 WHERE id = :id")
    void delete(ResourceGroupId id, Instant now);

    /** A group, live or deleted, whose name differs at most in capitals. */
    record Namesake(String name, ResourceGroup.Kind kind, boolean deleted) {}
}
