package io.tidegate.scheduler.datasource;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** What is in the clusters and projects that data sources name. Every method calls the other side. */
public final class DataSourceContents {
    private static final Pattern CREATE_TABLE = Pattern.compile("(?i)\\s*create\\s+table\\s[^;]*;?\\s*");
    private static final int LONGEST_DETAIL = 2000;

    private final DataSources dataSources;
    private final Catalogs catalogs;
    private final Jdbi jdbi;
    private final Audit audit;

    public DataSourceContents(DataSources dataSources, Catalogs catalogs, Jdbi jdbi, Audit audit) {
        this.dataSources = dataSources;
        this.catalogs = catalogs;
        this.jdbi = jdbi;
        this.audit = audit;
    }

    /** Tries to reach one side and to log in; a failure is an answer, not an exception. */
    public Connectivity testConnectivity(WorkspaceId workspace, String name, Environment environment) {
        DataSourceConnection connection = dataSources.connection(workspace, name, environment);
        long begun = System.nanoTime();
        try {
            String found = catalogs.reach(connection);
            return new Connectivity(true, found, millisecondsSince(begun));
        } catch (CatalogException e) {
            return new Connectivity(false, message(e), millisecondsSince(begun));
        }
    }

    /**
     * The topics of a Kafka data source.
     *
     * @throws CatalogException when the cluster is not reached
     */
    public List<Topic> topics(WorkspaceId workspace, String name, Environment environment) {
        return catalogs.topics(kafka(workspace, name, environment));
    }

    /**
     * The tables of a MaxCompute data source.
     *
     * @throws CatalogException when the project is not reached
     */
    public List<String> tables(WorkspaceId workspace, String name, Environment environment) {
        return catalogs.tables(maxCompute(workspace, name, environment));
    }

    /**
     * One table.
     *
     * @throws NotFoundException when the project has no such table
     * @throws CatalogException when the project is not reached
     */
    public TableSchema tableSchema(WorkspaceId workspace, String name, Environment environment, String table) {
        return catalogs.table(maxCompute(workspace, name, environment), null, table)
                .orElseThrow(() -> new NotFoundException("table", table));
    }

    /**
     * Makes a table.
     *
     * @param ddl one CREATE TABLE statement, with no semicolon in it except at its end
     * @throws InvalidInputException when it is another statement
     * @throws CatalogException when the project is not reached or refuses the statement
     */
    public void createTable(WorkspaceId workspace, String name, Environment environment, String ddl, UserId by) {
        if (!CREATE_TABLE.matcher(ddl).matches()) {
            throw InvalidInputException.of(
                    "/ddl",
                    "Only a table can be made here, and this is not one CREATE TABLE statement.",
                    "Write CREATE TABLE ... with no semicolon before its end; other statements are for a MaxCompute SQL"
                            + " node.");
        }
        catalogs.execute(maxCompute(workspace, name, environment), ddl);
        Act act = Act.by(by, "data_source.create_table", "data source " + name)
                .in(workspace)
                .with("environment", environment)
                .with("ddl", ddl.length() > LONGEST_DETAIL ? ddl.substring(0, LONGEST_DETAIL) + "…" : ddl);
        jdbi.useTransaction(handle -> audit.record(handle, act));
    }

    private DataSourceConnection.Kafka kafka(WorkspaceId workspace, String name, Environment environment) {
        if (dataSources.connection(workspace, name, environment) instanceof DataSourceConnection.Kafka kafka) {
            return kafka;
        }
        throw wrongType(name, DataSourceType.KAFKA);
    }

    private DataSourceConnection.MaxCompute maxCompute(WorkspaceId workspace, String name, Environment environment) {
        if (dataSources.connection(workspace, name, environment) instanceof DataSourceConnection.MaxCompute project) {
            return project;
        }
        throw wrongType(name, DataSourceType.MAXCOMPUTE);
    }

    private static InvalidInputException wrongType(String name, DataSourceType wanted) {
        return InvalidInputException.of(
                "", "Data source " + name + " is not of type " + wanted + ".", "Choose one of type " + wanted + ".");
    }

    private static long millisecondsSince(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    private static String message(CatalogException e) {
        String message = e.getMessage();
        return message == null ? "Not reached." : message;
    }
}
