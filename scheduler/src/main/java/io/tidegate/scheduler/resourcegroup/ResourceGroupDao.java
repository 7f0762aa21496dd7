package io.tidegate.scheduler.resourcegroup;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

@RegisterConstructorMapper(ResourceGroup.class)
interface ResourceGroupDao {
    @SqlQuery("SELECT id, name, kind, slots, description FROM resource_group ORDER BY name")
    List<ResourceGroup> all();
}
