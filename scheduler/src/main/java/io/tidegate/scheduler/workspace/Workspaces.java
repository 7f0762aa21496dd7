package io.tidegate.scheduler.workspace;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.cycle.CatchUp;
import io.tidegate.scheduler.cycle.CycleProblem;
import io.tidegate.scheduler.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The workspaces of this installation. */
public final class Workspaces {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private final Jdbi jdbi;
    private final WorkspaceFounding founding;
    private final Audit audit;
    private final InstantSource clock;

    /**
     * @param founding furnishes a new workspace with its root node
     */
    public Workspaces(Jdbi jdbi, WorkspaceFounding founding, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.founding = founding;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a workspace with its root node, which is live at once and runs at the start of each local day.
     *
     * @throws InvalidInputException when the name is not usable
     * @throws ConflictException when the name is taken
     */
    public Workspace create(NewWorkspace wanted, UserId by) {
        if (!NAME.matcher(wanted.name()).matches()) {
            throw InvalidInputException.of(
                    "/name",
                    "Workspace name '" + wanted.name() + "' is not usable: it becomes the first half of output names.",
                    "Begin with a letter; use letters, digits and underscores, at most 64 of them.");
        }
        return jdbi.inTransaction(handle -> {
            WorkspaceDao dao = handle.attach(WorkspaceDao.class);
            Instant now = clock.instant();
            WorkspaceId id = dao.insert(wanted.name(), wanted.mode(), wanted.timeZone(), now)
                    .orElseThrow(() -> new ConflictException("There is a workspace " + wanted.name() + " already."));
            dao.addOwner(id, by, now);
            Workspace workspace = dao.find(id).orElseThrow();
            audit.record(
                    handle,
                    Act.by(by, "workspace.create", "workspace " + workspace.name())
                            .in(id)
                            .with("mode", workspace.mode())
                            .with("timeZone", workspace.timeZone()));
            founding.founded(handle, workspace, by);
            return workspace;
        });
    }

    /**
     * Changes the settings of a workspace. Switched off, nothing more is generated, and what is there runs on. Switched on
     * again, generation goes on from now and the times in between have no instances, unless it is asked for them.
     *
     * @throws InvalidInputException when the catch-up policy is not sound
     * @throws NotFoundException when there is no such workspace
     */
    public Workspace change(WorkspaceId id, WorkspaceChange wanted, UserId by) {
        refuseUnsound(wanted.catchUp());
        if (Boolean.TRUE.equals(wanted.planMissed()) && !Boolean.TRUE.equals(wanted.periodicScheduling())) {
            throw InvalidInputException.of(
                    "/planMissed",
                    "Missed times are planned when periodic scheduling is switched on, and at no other time.",
                    "Give periodicScheduling true as well, or leave it out.");
        }
        return jdbi.inTransaction(handle -> {
            WorkspaceDao dao = handle.attach(WorkspaceDao.class);
            Workspace before = dao.lock(id).orElseThrow(() -> new NotFoundException("workspace", id));
            boolean on =
                    wanted.periodicScheduling() == null ? before.periodicScheduling() : wanted.periodicScheduling();
            CatchUp catchUp = wanted.catchUp() == null ? before.catchUp() : wanted.catchUp();
            dao.update(id, on, catchUp);
            Act act = Act.by(by, "workspace.change", "workspace " + before.name())
                    .in(id)
                    .with("periodicScheduling", on)
                    .with("catchUp", catchUp);
            if (on && !before.periodicScheduling()) {
                boolean planMissed = Boolean.TRUE.equals(wanted.planMissed());
                act = act.with("planMissed", planMissed);
                if (!planMissed) {
                    Instant now = clock.instant();
                    act = act.with("nodesThatGoOnFromNow", dao.goOnFrom(id, now, before.startOfDay(now)));
                }
            }
            audit.record(handle, act);
            return dao.find(id).orElseThrow();
        });
    }

    private static void refuseUnsound(@Nullable CatchUp catchUp) {
        if (catchUp == null) {
            return;
        }
        for (CycleProblem problem : catchUp.problems()) {
            throw InvalidInputException.of(
                    "/catchUp/" + problem.field(),
                    "The catch-up policy cannot be used: " + problem.message() + ".",
                    "Please " + problem.cure() + ".");
        }
    }

    /** All of them, by name. */
    public List<Workspace> list() {
        return jdbi.withExtension(WorkspaceDao.class, WorkspaceDao::all);
    }

    public Workspace get(String name) {
        return jdbi.withExtension(WorkspaceDao.class, dao -> dao.findByName(name))
                .orElseThrow(() -> new NotFoundException("workspace", name));
    }

    public Workspace get(WorkspaceId id) {
        return jdbi.withExtension(WorkspaceDao.class, dao -> dao.find(id))
                .orElseThrow(() -> new NotFoundException("workspace", id));
    }
}
