package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** One operation on a selection of instances, each in a transaction of its own: what is refused for one is done for the others. */
public final class BulkActions {
    public static final int INSTANCES_MAX = 1000;

    private final Jdbi jdbi;
    private final InstanceActions actions;

    public BulkActions(Jdbi jdbi, InstanceActions actions) {
        this.jdbi = jdbi;
        this.actions = actions;
    }

    /**
     * @return one result for each id, in the order of the request; done are parents before their children, so that a child that
     *     is rerun waits for its parent
     * @throws InvalidInputException when the request itself is wrong; nothing was done
     */
    public List<BulkOperation.Result> act(WorkspaceId workspace, BulkOperation wanted, UserId by) {
        refuseUnsound(wanted);
        OperationTransaction.checked(wanted.reason());
        Set<Long> ids =
                wanted.ids().stream().map(InstanceId::value).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Long> here = new HashSet<>();
        List<Long> order = new ArrayList<>();
        jdbi.useExtension(OperationDao.class, dao -> {
            here.addAll(dao.inWorkspace(workspace, longs(ids)));
            order.addAll(ParentsFirst.order(ids, dao.edgesAmong(longs(ids))));
        });
        Map<Long, @Nullable String> refusals = new HashMap<>();
        for (long id : order) {
            InstanceId instance = new InstanceId(id);
            refusals.put(
                    id,
                    here.contains(id)
                            ? refusal(instance, wanted, by)
                            : new NotFoundException("instance", instance).getMessage());
        }
        return ids.stream()
                .map(id -> new BulkOperation.Result(new InstanceId(id), refusals.get(id)))
                .toList();
    }

    private @Nullable String refusal(InstanceId id, BulkOperation wanted, UserId by) {
        try {
            act(id, wanted, by);
            return null;
        } catch (ConflictException | NotFoundException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void act(InstanceId id, BulkOperation wanted, UserId by) {
        String reason = wanted.reason();
        switch (wanted.operation()) {
            case STOP -> actions.stop(id, by, reason);
            case RERUN -> actions.rerun(id, by, new RerunOptions(false, wanted.withDeployedVersion()), reason);
            case SET_SUCCESS -> actions.setSuccess(id, by, reason);
            case FREEZE -> actions.freeze(id, by, reason);
            case UNFREEZE -> actions.unfreeze(id, by, reason);
            case CHANGE_PRIORITY -> actions.changePriority(id, Objects.requireNonNull(wanted.priority()), by, reason);
            case RUN_NOW -> actions.runNow(id, by, reason);
            case RERUN_WITH_DESCENDANTS, REMOVE_DEPENDENCY -> throw new IllegalStateException("refused before");
        }
    }

    private static void refuseUnsound(BulkOperation wanted) {
        InstanceOperation operation = wanted.operation();
        if (operation == InstanceOperation.RERUN_WITH_DESCENDANTS || operation == InstanceOperation.REMOVE_DEPENDENCY) {
            throw InvalidInputException.of(
                    "/operation",
                    operation + " is about one instance and others of its choice.",
                    "Ask for it instance by instance.");
        }
        if (wanted.ids().isEmpty() || wanted.ids().size() > INSTANCES_MAX) {
            throw InvalidInputException.of(
                    "/ids",
                    "%,d instances are chosen.".formatted(wanted.ids().size()),
                    "Choose 1 to %,d.".formatted(INSTANCES_MAX));
        }
        if (wanted.withDeployedVersion() && operation != InstanceOperation.RERUN) {
            throw InvalidInputException.of(
                    "/withDeployedVersion",
                    operation + " runs nothing with another version.",
                    "Leave it out, or ask for RERUN.");
        }
        if ((operation == InstanceOperation.CHANGE_PRIORITY) == (wanted.priority() == null)) {
            throw InvalidInputException.of(
                    "/priority",
                    wanted.priority() == null ? "No priority is given." : operation + " takes no priority.",
                    "Give a priority with CHANGE_PRIORITY, and with nothing else.");
        }
    }

    private static long[] longs(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
