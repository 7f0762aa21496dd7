package io.tidegate.scheduler.datasource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The data sources of a workspace. Secrets go in, and come out only in {@link #connection}, for the engine. */
public final class DataSources {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,59}");

    private final Jdbi jdbi;
    private final SecretKey key;
    private final Audit audit;
    private final InstantSource clock;
    private final ObjectMapper json = new ObjectMapper();

    public DataSources(Jdbi jdbi, SecretKey key, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.key = key;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a data source. Nothing is called: whether it can be reached is another question.
     *
     * @throws InvalidInputException when a field is missing or malformed
     * @throws ConflictException when the name is taken in this workspace
     */
    public DataSource create(WorkspaceId workspace, NewDataSource wanted, UserId by) {
        if (!NAME.matcher(wanted.name()).matches()) {
            throw InvalidInputException.of(
                    "/name",
                    "Data source name '" + wanted.name() + "' is not usable.",
                    "Begin with a letter; use letters, digits and underscores, at most 60 of them.");
        }
        if (wanted.sides().isEmpty()) {
            throw InvalidInputException.of("/sides", "The data source has no side.", "Fill in the PROD side at least.");
        }
        return jdbi.inTransaction(handle -> {
            DataSourceDao dao = handle.attach(DataSourceDao.class);
            DataSourceId id = dao.insert(workspace, wanted.name(), wanted.type(), wanted.description(), clock.instant())
                    .orElseThrow(() ->
                            new ConflictException("This workspace has a data source " + wanted.name() + " already."));
            writeSides(dao, id, wanted.type(), wanted.sides());
            audit.record(handle, act(by, "data_source.create", workspace, wanted.name(), wanted.sides()));
            return view(handle, workspace, wanted.name());
        });
    }

    /**
     * Replaces the given sides; a side that is not given stays as it is. A secret that is null keeps its stored value while
     * the address stays the same.
     *
     * @throws InvalidInputException when a field is missing or malformed; nothing was changed
     */
    public DataSource update(
            WorkspaceId workspace, String name, String description, Map<Environment, SideConfig> sides, UserId by) {
        return jdbi.inTransaction(handle -> {
            DataSourceDao dao = handle.attach(DataSourceDao.class);
            DataSourceDao.Row row =
                    dao.findAndLock(workspace, name).orElseThrow(() -> new NotFoundException("data source", name));
            dao.describe(row.id(), description);
            writeSides(dao, row.id(), row.type(), sides);
            audit.record(handle, act(by, "data_source.update", workspace, name, sides));
            return view(handle, workspace, name);
        });
    }

    /** All of a workspace, by name. */
    public List<DataSource> list(WorkspaceId workspace) {
        return jdbi.withHandle(handle -> {
            DataSourceDao dao = handle.attach(DataSourceDao.class);
            Map<DataSourceId, List<DataSourceDao.SideRow>> sides = new HashMap<>();
            dao.sidesOfWorkspace(workspace)
                    .forEach(side -> sides.computeIfAbsent(side.dataSourceId(), id -> new ArrayList<>())
                            .add(side));
            return dao.ofWorkspace(workspace).stream()
                    .map(row -> view(row, sides.getOrDefault(row.id(), List.of())))
                    .toList();
        });
    }

    public DataSource get(WorkspaceId workspace, String name) {
        return find(workspace, name).orElseThrow(() -> new NotFoundException("data source", name));
    }

    public Optional<DataSource> find(WorkspaceId workspace, String name) {
        return jdbi.withExtension(
                DataSourceDao.class, dao -> dao.find(workspace, name).map(row -> view(row, dao.sides(row.id()))));
    }

    /**
     * How to reach one side, secrets included: for the engine, never for a browser.
     *
     * @throws NotFoundException when there is no such data source, or it has no such side
     * @throws SecretUnreadableException when its secrets were stored under another key
     */
    public DataSourceConnection connection(WorkspaceId workspace, String name, Environment environment) {
        return jdbi.withExtension(DataSourceDao.class, dao -> {
            DataSourceDao.Row row =
                    dao.find(workspace, name).orElseThrow(() -> new NotFoundException("data source", name));
            DataSourceDao.SideRow side = dao.sides(row.id()).stream()
                    .filter(candidate -> candidate.environment() == environment)
                    .findAny()
                    .orElseThrow(() -> new NotFoundException(environment + " side of data source", name));
            return decrypt(side).connection(row.type());
        });
    }

    /** How to reach every data source of a workspace that has a side in this environment, by name. */
    public Map<String, DataSourceConnection> connections(WorkspaceId workspace, Environment environment) {
        return jdbi.withExtension(DataSourceDao.class, dao -> {
            Map<DataSourceId, DataSourceDao.Row> rows = new HashMap<>();
            dao.ofWorkspace(workspace).forEach(row -> rows.put(row.id(), row));
            Map<String, DataSourceConnection> connections = new TreeMap<>();
            for (DataSourceDao.SideRow side : dao.sidesOfWorkspace(workspace)) {
                DataSourceDao.Row row = rows.get(side.dataSourceId());
                if (row != null && side.environment() == environment) {
                    connections.put(row.name(), decrypt(side).connection(row.type()));
                }
            }
            return connections;
        });
    }

    private void writeSides(
            DataSourceDao dao, DataSourceId id, DataSourceType type, Map<Environment, SideConfig> sides) {
        Map<Environment, StoredSide> before = new EnumMap<>(Environment.class);
        dao.sides(id).forEach(side -> before.put(side.environment(), decrypt(side)));
        Map<Environment, StoredSide> after = new EnumMap<>(Environment.class);
        List<Finding> findings = new ArrayList<>();
        sides.forEach((environment, side) -> {
            StoredSide stored = StoredSide.of(side, before.getOrDefault(environment, StoredSide.NOTHING));
            findings.addAll(SideChecks.of(environment, type, side, stored));
            after.put(environment, stored);
        });
        if (Finding.anyBlocks(findings)) {
            throw new InvalidInputException(findings);
        }
        after.forEach((environment, side) -> dao.writeSide(
                id,
                environment,
                side.config(),
                key.encrypt(write(side.secrets()), context(id, environment)),
                List.copyOf(side.secrets().keySet()),
                key.id(),
                clock.instant()));
    }

    private DataSource view(Handle handle, WorkspaceId workspace, String name) {
        DataSourceDao dao = handle.attach(DataSourceDao.class);
        DataSourceDao.Row row = dao.find(workspace, name).orElseThrow();
        return view(row, dao.sides(row.id()));
    }

    private static DataSource view(DataSourceDao.Row row, List<DataSourceDao.SideRow> sides) {
        Map<Environment, SideView> views = new EnumMap<>(Environment.class);
        sides.forEach(
                side -> views.put(side.environment(), StoredSide.view(row.type(), side.config(), side.secretFields())));
        return new DataSource(
                row.id(), row.workspaceId(), row.name(), row.type(), row.description(), views, row.createdAt());
    }

    private StoredSide decrypt(DataSourceDao.SideRow side) {
        String text = key.decrypt(side.secrets(), side.keyId(), context(side.dataSourceId(), side.environment()));
        try {
            return new StoredSide(side.config(), json.readValue(text, new TypeReference<Map<String, String>>() {}));
        } catch (JsonProcessingException e) {
            // Not as a cause: Jackson's message quotes its input.
            throw new IllegalStateException(
                    "The decrypted secrets of " + context(side.dataSourceId(), side.environment()) + " are not JSON");
        }
    }

    private String write(Map<String, String> secrets) {
        try {
            return json.writeValueAsString(secrets);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts always becomes JSON");
        }
    }

    private static String context(DataSourceId id, Environment environment) {
        return "data_source/" + id.value() + "/" + environment;
    }

    private static Act act(
            UserId by, String action, WorkspaceId workspace, String name, Map<Environment, SideConfig> sides) {
        return Act.by(by, action, "data source " + name).in(workspace).with("sides", new TreeMap<>(sides).keySet());
    }
}
