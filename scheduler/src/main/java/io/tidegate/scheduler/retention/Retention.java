package io.tidegate.scheduler.retention;

import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.Workspace;
import org.jdbi.v3.core.Jdbi;

/** The retention policies of the workspaces. */
public final class Retention {
    private final Jdbi jdbi;
    private final Audit audit;

    public Retention(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    public RetentionPolicy of(Workspace workspace) {
        return jdbi.withExtension(RetentionDao.class, dao -> dao.policy(workspace.id()))
                .orElseThrow(() -> new NotFoundException("workspace", workspace.id()));
    }

    /**
     * Takes effect with the next tick of {@link DeleteExpired}. What is deleted then does not come back.
     *
     * @throws InvalidInputException when the policy is not sound; nothing was changed
     */
    public RetentionPolicy change(Workspace workspace, RetentionPolicy wanted, UserId by) {
        wanted.refuseUnsound();
        return jdbi.inTransaction(handle -> {
            RetentionDao dao = handle.attach(RetentionDao.class);
            if (dao.change(workspace.id(), wanted) == 0) {
                throw new NotFoundException("workspace", workspace.id());
            }
            audit.record(
                    handle,
                    Act.by(by, "workspace.retention", "workspace " + workspace.name())
                            .in(workspace.id())
                            .with("instanceDays", wanted.instanceDays())
                            .with("logDays", wanted.logDays())
                            .with("dirtyRecordDays", wanted.dirtyRecordDays()));
            return wanted;
        });
    }
}
