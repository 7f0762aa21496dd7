package io.tidegate.scheduler.workflow;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** The workflows of a workspace. */
public final class Workflows {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]{0,127}");

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;

    public Workflows(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a workflow.
     *
     * @throws InvalidInputException when the name is not usable
     * @throws ConflictException when the workspace has one of this name
     */
    public Workflow create(WorkspaceId workspace, NewWorkflow wanted, UserId by) {
        if (!NAME.matcher(wanted.name()).matches()) {
            throw InvalidInputException.of(
                    "/name",
                    "Workflow name '" + wanted.name() + "' is not usable.",
                    "Begin with a letter, digit or underscore; letters, digits, '_', '.', '-' and spaces may follow, at"
                            + " most 128 characters in all.");
        }
        return jdbi.inTransaction(handle -> {
            WorkflowDao dao = handle.attach(WorkflowDao.class);
            if (dao.insert(workspace, wanted.name(), wanted.description(), by, clock.instant())
                    .isEmpty()) {
                throw new ConflictException("This workspace has a workflow " + wanted.name() + " already.");
            }
            audit.record(
                    handle,
                    Act.by(by, "workflow.create", "workflow " + wanted.name()).in(workspace));
            return dao.find(workspace, wanted.name()).orElseThrow();
        });
    }

    /** All of a workspace, by name. */
    public List<Workflow> list(WorkspaceId workspace) {
        return jdbi.withExtension(WorkflowDao.class, dao -> dao.ofWorkspace(workspace));
    }

    public Workflow get(WorkspaceId workspace, String name) {
        return jdbi.withExtension(WorkflowDao.class, dao -> dao.find(workspace, name))
                .orElseThrow(() -> new NotFoundException("workflow", name));
    }
}
