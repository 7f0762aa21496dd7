package io.tidegate.scheduler.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeDocumentJson;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.jackson2.Jackson2Config;
import org.jdbi.v3.jackson2.Jackson2Plugin;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Jdbi as every DAO of the scheduler expects it. */
public final class SchedulerDatabase {
    private SchedulerDatabase() {}

    /**
     * Ids are {@code bigint} columns, enums their names, instants {@code timestamptz}, node documents, cycles, catch-up policies and maps of texts
     * {@code jsonb}; parameters and components marked {@code @Json} are written by the same mapper.
     */
    public static Jdbi on(DataSource dataSource) {
        ObjectMapper mapper = NodeDocumentJson.mapper();
        Jdbi jdbi = Jdbi.create(dataSource);
        jdbi.installPlugin(new PostgresPlugin());
        jdbi.installPlugin(new SqlObjectPlugin());
        jdbi.installPlugin(new Jackson2Plugin());
        jdbi.getConfig(Jackson2Config.class).setMapper(mapper);
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerArrayType(Boolean.class, "boolean");
        jdbi.registerArgument(new IdArgumentFactory());
        jdbi.registerColumnMapper(new IdColumnMapperFactory());
        JsonColumn.register(jdbi, mapper, NodeDocument.class);
        JsonColumn.register(jdbi, mapper, CatchUp.class);
        JsonColumn.register(jdbi, mapper, Cycle.class);
        JsonColumn.register(jdbi, mapper, new GenericType<Map<String, String>>() {}.getType());
        return jdbi;
    }
}
