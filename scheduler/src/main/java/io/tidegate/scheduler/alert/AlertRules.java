package io.tidegate.scheduler.alert;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The alert rules of a workspace. A rule is about what happens from its making on. */
public final class AlertRules {
    private static final int RULES_MAX = 500;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;

    public AlertRules(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @throws InvalidInputException when a field is malformed, or names a node, workflow or channel that is not there
     * @throws ConflictException when the name is taken in this workspace
     */
    public AlertRule create(WorkspaceId workspace, NewAlertRule wanted, UserId by) {
        return jdbi.inTransaction(handle -> {
            AlertRuleDao dao = handle.attach(AlertRuleDao.class);
            refuseIfWrong(dao, workspace, wanted);
            if (dao.count(workspace) >= RULES_MAX) {
                throw new ConflictException("This workspace has 500 alert rules already. Delete one first.");
            }
            AlertRuleId id = dao.insert(
                            workspace,
                            wanted.name(),
                            wanted.enabled(),
                            wanted.environment(),
                            wanted.condition().kind(),
                            document(wanted),
                            clock.instant())
                    .orElseThrow(() -> taken(wanted.name()));
            dao.insertChannels(id, channels(wanted));
            audit.record(handle, act(by, "alert_rule.create", workspace, wanted));
            return find(dao, id);
        });
    }

    /**
     * Replaces a rule.
     *
     * @throws InvalidInputException as {@link #create}
     */
    public AlertRule update(AlertRuleId id, NewAlertRule wanted, UserId by) {
        return jdbi.inTransaction(handle -> {
            AlertRuleDao dao = handle.attach(AlertRuleDao.class);
            WorkspaceId workspace =
                    dao.findAndLock(id).orElseThrow(() -> notFound(id)).workspaceId();
            refuseIfWrong(dao, workspace, wanted);
            if (dao.nameTaken(workspace, wanted.name(), id)) {
                throw taken(wanted.name());
            }
            dao.update(
                    id,
                    wanted.name(),
                    wanted.enabled(),
                    wanted.environment(),
                    wanted.condition().kind(),
                    document(wanted),
                    clock.instant());
            dao.deleteChannels(id);
            dao.insertChannels(id, channels(wanted));
            audit.record(handle, act(by, "alert_rule.update", workspace, wanted));
            return find(dao, id);
        });
    }

    /** Deletes a rule. The alerts it raised stay, and what waits to be sent is sent. */
    public void delete(AlertRuleId id, UserId by) {
        jdbi.useTransaction(handle -> {
            AlertRuleDao dao = handle.attach(AlertRuleDao.class);
            AlertRule rule = dao.findAndLock(id).orElseThrow(() -> notFound(id)).rule();
            dao.delete(id);
            audit.record(
                    handle,
                    Act.by(by, "alert_rule.delete", "alert rule " + rule.name()).in(rule.workspaceId()));
        });
    }

    /** All of a workspace, by name. */
    public List<AlertRule> list(WorkspaceId workspace) {
        return jdbi.withExtension(
                AlertRuleDao.class,
                dao -> dao.ofWorkspace(workspace).stream()
                        .map(AlertRuleDao.Row::rule)
                        .toList());
    }

    /** @throws NotFoundException when there is no such rule */
    public AlertRule get(AlertRuleId id) {
        return jdbi.withExtension(AlertRuleDao.class, dao -> find(dao, id));
    }

    private static void refuseIfWrong(AlertRuleDao dao, WorkspaceId workspace, NewAlertRule wanted) {
        List<Finding> findings = new RuleChecks(dao, workspace).of(wanted);
        if (Finding.anyBlocks(findings)) {
            throw new InvalidInputException(findings);
        }
    }

    private static AlertRule find(AlertRuleDao dao, AlertRuleId id) {
        return dao.find(id).orElseThrow(() -> notFound(id)).rule();
    }

    private static RuleDocument document(NewAlertRule wanted) {
        return new RuleDocument(
                wanted.scope(), wanted.origins(), wanted.condition(), wanted.limits(), wanted.quietHours());
    }

    private static long[] channels(NewAlertRule wanted) {
        return wanted.channels().stream().mapToLong(AlertChannelId::value).toArray();
    }

    private static NotFoundException notFound(AlertRuleId id) {
        return new NotFoundException("alert rule", id);
    }

    private static ConflictException taken(String name) {
        return new ConflictException("This workspace has an alert rule " + name + " already.");
    }

    private static Act act(UserId by, String action, WorkspaceId workspace, NewAlertRule wanted) {
        return Act.by(by, action, "alert rule " + wanted.name())
                .in(workspace)
                .with("condition", wanted.condition())
                .with("environment", wanted.environment())
                .with("enabled", wanted.enabled());
    }
}
