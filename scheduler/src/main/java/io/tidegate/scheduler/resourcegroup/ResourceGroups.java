package io.tidegate.scheduler.resourcegroup;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The pools of slots of this installation. */
public final class ResourceGroups {
    private final Jdbi jdbi;

    public ResourceGroups(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All of them, by name. */
    public List<ResourceGroup> list() {
        return jdbi.withExtension(ResourceGroupDao.class, ResourceGroupDao::all);
    }
}
