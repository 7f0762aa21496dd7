package io.tidegate.migrations;

import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings a PostgreSQL database to the newest schema. Safe to call by several servers at once: they wait for each other.
 */
public final class Migrations {
    private final Flyway flyway;

    public Migrations(DataSource dataSource) {
        flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:io/tidegate/migrations")
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load();
    }

    /**
     * Applies what is missing.
     *
     * @return how many migrations were applied; 0 when the schema was up to date
     * @throws MigrationException when a migration fails (the database is left as it was before that migration) or when an
     *     applied one was changed afterwards
     */
    public int migrate() {
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new MigrationException(
                    String.format(
                            Locale.ROOT,
                            "The database schema could not be brought up to date: %s. Nothing was started; mend the cause and"
                                    + " start again.",
                            e.getMessage()),
                    e);
        }
    }

    /**
     * For a program that uses the schema and leaves its upkeep to others.
     *
     * @throws MigrationException when the database lacks a migration that this program knows
     */
    public void check() {
        MigrationInfo[] missing = flyway.info().pending();
        if (missing.length > 0) {
            throw new MigrationException(String.format(
                    Locale.ROOT,
                    "The database lacks %d of this program's migrations, the first of them V%s. Start a server of the same"
                            + " version first: it brings the schema up to date.",
                    missing.length,
                    missing[0].getVersion()));
        }
    }
}
