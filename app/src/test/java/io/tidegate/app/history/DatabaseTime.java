package io.tidegate.app.history;

import org.jdbi.v3.core.Jdbi;

/**
 * The clock of one database, which can be set ahead and back: a function of its own stands before PostgreSQL's
 * {@code clock_timestamp()} in the search path. Programs that connected before do not see it.
 */
final class DatabaseTime {
    private final Jdbi jdbi;

    DatabaseTime(Jdbi jdbi) {
        this.jdbi = jdbi;
        jdbi.useHandle(handle -> handle.createScript("""
                        CREATE SCHEMA shifted;
                        CREATE TABLE shifted.clock (ahead interval NOT NULL);
                        INSERT INTO shifted.clock VALUES ('0');
                        CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
                            AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM shifted.clock';
                        """).execute());
        String database = jdbi.withHandle(handle -> handle.createQuery("SELECT current_database()")
                .mapTo(String.class)
                .one());
        jdbi.useHandle(
                handle -> handle.execute("ALTER DATABASE \"" + database + "\" SET search_path = public, pg_catalog"));
    }

    /**
     * @param aheadMillis less than zero: back
     */
    void set(long aheadMillis) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE shifted.clock SET ahead = make_interval(secs => CAST(:millis AS double precision) / 1000)")
                .bind("millis", aheadMillis)
                .execute());
    }
}
