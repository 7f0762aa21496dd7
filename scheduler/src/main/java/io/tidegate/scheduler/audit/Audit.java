package io.tidegate.scheduler.audit;

import io.tidegate.scheduler.Id;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The audit trail: append-only, and written in the transaction of the change it tells of. */
public final class Audit {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public Audit(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Writes the act down; it is there exactly when the handle's transaction commits. */
    public void record(Handle handle, Act act) {
        handle.attach(AuditDao.class)
                .insert(
                        clock.instant(),
                        valueOf(act.by()),
                        valueOf(act.workspace()),
                        act.action(),
                        act.object(),
                        act.detail());
    }

    /**
     * The newest entries of a workspace, newest first.
     *
     * @param before only entries with a smaller id, to read on; null to begin with the newest
     */
    public List<AuditEntry> list(Id workspace, @Nullable Long before, int limit) {
        long smallerThan = before == null ? Long.MAX_VALUE : before;
        return jdbi.withExtension(AuditDao.class, dao -> dao.ofWorkspaceBefore(workspace.value(), smallerThan, limit));
    }

    private static @Nullable Long valueOf(@Nullable Id id) {
        return id == null ? null : id.value();
    }
}
