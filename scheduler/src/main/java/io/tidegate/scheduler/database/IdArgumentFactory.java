package io.tidegate.scheduler.database;

import io.tidegate.scheduler.Id;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Binds any typed id as the number it is. */
final class IdArgumentFactory extends AbstractArgumentFactory<Id> {
    IdArgumentFactory() {
        super(Types.BIGINT);
    }

    @Override
    protected Argument build(Id id, ConfigRegistry config) {
        return (position, statement, context) -> statement.setLong(position, id.value());
    }
}
