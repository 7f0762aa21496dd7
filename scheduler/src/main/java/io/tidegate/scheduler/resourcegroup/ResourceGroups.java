package io.tidegate.scheduler.resourcegroup;

import io.tidegate.scheduler.NotFoundException;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
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

    /**
     * @throws NotFoundException when there is no such group
     */
    public ResourceGroup get(String name) {
        return jdbi.withExtension(ResourceGroupDao.class, dao -> dao.find(name)).orElseThrow(() -> notFound(name));
    }

    /** Those of the names that exist; they exist until the caller's transaction ends. */
    public static List<ResourceGroup> hold(Handle handle, Set<String> names) {
        return handle.attach(ResourceGroupDao.class).hold(names);
    }

    static NotFoundException notFound(String name) {
        return new NotFoundException("resource group", name);
    }
}
