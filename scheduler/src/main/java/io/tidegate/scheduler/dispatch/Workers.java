package io.tidegate.scheduler.dispatch;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The workers of this installation, in whatever program and on whatever machine they run. */
public final class Workers {
    private static final int LISTED_MAX = 1000;

    private final Jdbi jdbi;

    public Workers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** By name; those that went silent within the last day too, at most 1,000. One that was closed in order is gone. */
    public List<WorkerReport> list() {
        return jdbi.withExtension(WorkerDao.class, dao -> dao.all(LISTED_MAX));
    }
}
