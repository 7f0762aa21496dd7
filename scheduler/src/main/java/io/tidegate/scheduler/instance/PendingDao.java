package io.tidegate.scheduler.instance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Parents whose many children are opened batch by batch. */
@RegisterConstructorMapper(PendingDao.Pending.class)
@RegisterConstructorMapper(PendingDao.Child.class)
interface PendingDao {
    /** A parent that succeeds a second time begins again. */
    @SqlUpdate("""
            INSERT INTO pending_opening (parent_id, after_time, after_id)
            SELECT unnest(:parents), 'epoch', 0
            ON CONFLICT (parent_id) DO UPDATE SET after_time = excluded.after_time, after_id = excluded.after_id
            """)
    void add(long[] parents);

    @SqlQuery("""
            SELECT parent_id, after_time, after_id FROM pending_opening
            ORDER BY parent_id LIMIT 1
            FOR UPDATE SKIP LOCKED
            """)
    Optional<Pending> lockOne();

    @SqlQuery("""
            SELECT i.id, i.eligible_at FROM instance i
            WHERE i.state = 'NOT_RUN' AND NOT i.held AND (i.eligible_at, i.id) > (:afterTime, :afterId)
              AND EXISTS (SELECT 1 FROM instance_dependency d WHERE d.child_id = i.id AND d.parent_id = :parent)
            ORDER BY i.eligible_at, i.id
            LIMIT :limit
            """)
    List<Child> children(InstanceId parent, Instant afterTime, long afterId, int limit);

    @SqlUpdate("UPDATE pending_opening SET after_time = :time, after_id = :id WHERE parent_id = :parent")
    void goOnAfter(InstanceId parent, Instant time, long id);

    @SqlUpdate("DELETE FROM pending_opening WHERE parent_id = :parent")
    void done(InstanceId parent);

    /** A parent, and the child up to which its children were looked at. */
    record Pending(InstanceId parentId, Instant afterTime, long afterId) {}

    /** One of its children. */
    record Child(InstanceId id, Instant eligibleAt) {}
}
