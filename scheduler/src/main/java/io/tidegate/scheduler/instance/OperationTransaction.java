package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.node.RerunProperty;
import io.tidegate.scheduler.user.UserId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * One operation on one instance: locked, asked of {@link OperationRules}, done and audited, all or nothing. Of two users who
 * ask at once the second one waits for the lock and is then refused by what the first has made of the instance.
 */
final class OperationTransaction {
    private static final int REASON_MAX = 500;
    private static final int TRIES_MAX = 5;
    private static final String DEADLOCK = "40P01";
    /** So many are named in a sentence, the others counted. */
    private static final int PARENTS_NAMED = 3;

    private final Jdbi jdbi;
    private final Audit audit;

    OperationTransaction(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    /**
     * What is asked.
     *
     * @param action what the audit calls it
     * @param reason the user's; may be empty
     * @param told what else the audit entry says
     */
    record Asked(
            InstanceId id, UserId by, InstanceOperation operation, String action, String reason, Map<String, ?> told) {
        static Asked of(InstanceId id, UserId by, InstanceOperation operation, String reason) {
            return new Asked(id, by, operation, "instance." + operation.word(), reason, Map.of());
        }

        Asked called(String name) {
            return new Asked(id, by, operation, name, reason, told);
        }

        Asked telling(Map<String, ?> more) {
            return new Asked(id, by, operation, action, reason, more);
        }
    }

    /** The instance in hand, and who acts on it. */
    record Acting(OperationDao.Locked instance, String userName, String reason) {
        SeenInstance seen() {
            return instance.seen();
        }

        Cause cause(String detail) {
            String why = reason.isEmpty() ? "" : "Reason: " + reason;
            return new Cause(userName, (detail + " " + why).strip());
        }
    }

    @FunctionalInterface
    interface Deed {
        void on(Handle handle, Acting acting);
    }

    /**
     * @throws ConflictException when the situation of the instance does not allow the operation, with the sentence why
     */
    void act(Asked asked, Deed deed) {
        String why = checked(asked.reason());
        inTransaction(jdbi, handle -> {
            OperationDao.Locked locked = lock(handle, asked.id());
            refuse(asked.operation(), situation(handle, locked));
            deed.on(handle, new Acting(locked, userName(handle, asked.by()), why));
            record(
                    handle,
                    Act.by(asked.by(), asked.action(), "instance " + asked.id().value()),
                    locked,
                    why,
                    asked.told());
        });
    }

    static OperationDao.Locked lock(Handle handle, InstanceId id) {
        return handle.attach(OperationDao.class).lock(new long[] {id.value()}).stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundException("instance", id));
    }

    void record(Handle handle, Act act, OperationDao.Locked instance, String reason, Map<String, ?> told) {
        Act full = act.in(instance.workspaceId()).with("state", instance.state());
        for (Map.Entry<String, ?> entry : told.entrySet()) {
            full = full.with(entry.getKey(), entry.getValue());
        }
        audit.record(handle, reason.isEmpty() ? full : full.with("reason", reason));
    }

    /**
     * Runs a change of instances; what another change made impossible meanwhile is a conflict. Locks of several instances may
     * cross those of a run that ends: whom the database then gives up begins again.
     */
    static void inTransaction(Jdbi jdbi, Consumer<Handle> change) {
        for (int tries = 1; ; tries++) {
            try {
                jdbi.useTransaction(change::accept);
                return;
            } catch (IllegalTransitionException | StaleInstanceException e) {
                throw new ConflictException(String.valueOf(e.getMessage()));
            } catch (JdbiException e) {
                boolean deadlock = e.getCause() instanceof SQLException cause && DEADLOCK.equals(cause.getSQLState());
                if (!deadlock || tries == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    static String checked(String reason) {
        String why = reason.strip();
        if (why.length() > REASON_MAX) {
            throw InvalidInputException.of(
                    "/reason", "The reason has " + why.length() + " characters.", "Use at most " + REASON_MAX + ".");
        }
        return why;
    }

    static String userName(Handle handle, UserId by) {
        return handle.attach(InstanceDao.class).userName(by).orElseThrow(() -> new NotFoundException("user", by));
    }

    static void refuse(InstanceOperation operation, InstanceSituation situation) {
        String refusal = OperationRules.refusal(operation, situation);
        if (refusal != null) {
            throw new ConflictException(refusal);
        }
    }

    static InstanceSituation situation(Handle handle, OperationDao.Locked instance) {
        return situation(
                handle,
                instance.seen(),
                new InstanceFlags(instance.frozen(), instance.dryRun()),
                instance.rerun().property(),
                instance.hasChildren());
    }

    static InstanceSituation situation(
            Handle handle, SeenInstance seen, InstanceFlags flags, RerunProperty rerun, boolean hasChildren) {
        ReadinessDao dao = handle.attach(ReadinessDao.class);
        long[] id = {seen.id().value()};
        List<ReadinessDao.HoldingParent> holding = dao.holdingParents(id, PARENTS_NAMED);
        return new InstanceSituation(
                seen.state(),
                flags,
                rerun,
                hasChildren,
                holding.stream().map(parent -> parent.fact().text()).toList(),
                holding.isEmpty() ? 0 : holding.get(0).total(),
                !dao.held(id).isEmpty());
    }

    static void refuseIfRowsWereAdded(Handle handle, OperationDao.Locked instance) {
        if (instance.state() == InstanceState.SUCCESS
                && handle.attach(InstanceDao.class).addedRows(instance.id())) {
            throw new ConflictException(
                    "Instance %d has added its rows by INSERT INTO; a rerun adds them a second time. Confirm that with addAgain=true, or have the node overwrite its partition."
                            .formatted(instance.id().value()));
        }
    }

    /** For a write beside a state that was just moved. */
    static void requireOne(int written, InstanceId id) {
        if (written != 1) {
            throw new StaleInstanceException("Instance " + id.value() + " changed meanwhile.");
        }
    }
}
