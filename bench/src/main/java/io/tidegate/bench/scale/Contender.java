package io.tidegate.bench.scale;

import java.sql.SQLException;

/** A scheduler with its database: it is given work that does nothing, and says how long each piece waited. */
interface Contender extends AutoCloseable {
    String name();

    /** Makes the work known well before it is due, waits until all of it has run, and returns the delays of the starts. */
    Figures run(Load load) throws Exception;

    @Override
    void close() throws SQLException;
}
