package io.tidegate.scheduler.resourcegroup;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.user.UserId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes, changes and deletes resource groups. Workers look at the slots with every claim, so each change holds at once and for
 * all of them.
 */
public final class ResourceGroupActions {
    /** No comma: lists of groups are written with them. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private static final int SLOTS_MAX = 10_000;
    private static final int DESCRIPTION_MAX = 500;
    private static final int GROUPS_MAX = 200;

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;

    public ResourceGroupActions(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a group. Workers that serve all groups serve it from now on. Where a group of the name was deleted, past instances
     * that bear the name belong to the new one.
     *
     * @throws InvalidInputException when a field is out of its range
     * @throws ConflictException when the name is taken
     */
    public ResourceGroup create(NewResourceGroup wanted, UserId by) {
        List<Finding> findings = new ArrayList<>();
        if (!NAME.matcher(wanted.name()).matches()) {
            findings.add(Finding.error(
                    "/name",
                    "Resource group name '" + wanted.name() + "' is not usable.",
                    "Begin with a letter; use letters, digits, '_' and '-', at most 64 of them."));
        }
        check(wanted.slots(), wanted.description(), findings);
        return jdbi.inTransaction(handle -> {
            ResourceGroupDao dao = handle.attach(ResourceGroupDao.class);
            if (dao.count() >= GROUPS_MAX) {
                throw new ConflictException(
                        "There are " + GROUPS_MAX + " resource groups already. Delete one that nothing uses first.");
            }
            String description = wanted.description().strip();
            boolean made = dao.insert(wanted.name(), wanted.kind(), wanted.slots(), description) == 1
                    || dao.revive(wanted.name(), wanted.kind(), wanted.slots(), description) == 1;
            if (!made) {
                throw taken(dao, wanted);
            }
            audit.record(
                    handle,
                    act(by, "resource_group.create", wanted.name())
                            .with("kind", wanted.kind())
                            .with("slots", wanted.slots()));
            return find(dao, wanted.name());
        });
    }

    /**
     * Changes how many slots a group has and how it is described. With fewer slots than are in use what runs goes on, and
     * nothing new starts until enough has ended.
     *
     * @param expectedRevision the revision that was looked at
     * @throws NotFoundException when there is no such group
     * @throws InvalidInputException when a field is out of its range
     * @throws ConflictException when somebody changed it in between
     */
    public ResourceGroup change(String name, int slots, String description, long expectedRevision, UserId by) {
        List<Finding> findings = new ArrayList<>();
        check(slots, description, findings);
        return jdbi.inTransaction(handle -> {
            ResourceGroupDao dao = handle.attach(ResourceGroupDao.class);
            ResourceGroup before = find(dao, name);
            if (dao.update(before.id(), slots, description.strip(), expectedRevision) == 0) {
                throw stale(before, expectedRevision);
            }
            audit.record(
                    handle,
                    act(by, "resource_group.change", name)
                            .with("slots", slots)
                            .with("slotsBefore", before.slots())
                            .with("description", description.strip()));
            return find(dao, name);
        });
    }

    /**
     * Deletes a group that nothing live refers to.
     *
     * @param expectedRevision the revision that was looked at
     * @return who only hopes for it: drafts and workers that name it
     * @throws NotFoundException when there is no such group
     * @throws GroupInUse when deployed nodes or instances that are not over refer to it; the findings name them
     * @throws InvalidInputException when it is one of the default groups
     * @throws ConflictException when somebody changed it in between
     */
    public List<Finding> delete(String name, long expectedRevision, UserId by) {
        return jdbi.inTransaction(handle -> delete(handle, name, expectedRevision, by));
    }

    private List<Finding> delete(Handle handle, String name, long expectedRevision, UserId by) {
        ResourceGroupDao dao = handle.attach(ResourceGroupDao.class);
        ResourceGroup group = dao.lock(name).orElseThrow(() -> ResourceGroups.notFound(name));
        if (group.isDefault()) {
            throw InvalidInputException.of(
                    "",
                    "New nodes are made with " + name + ", so it is not deleted.",
                    "Change its slots, or start no worker that serves it.");
        }
        if (group.revision() != expectedRevision) {
            throw stale(group, expectedRevision);
        }
        List<Finding> findings = new GroupReferences(handle.attach(GroupReferenceDao.class), clock.instant()).to(group);
        if (Finding.anyBlocks(findings)) {
            throw new GroupInUse(name, findings);
        }
        dao.delete(group.id(), clock.instant());
        audit.record(
                handle,
                act(by, "resource_group.delete", name)
                        .with("kind", group.kind())
                        .with("slots", group.slots()));
        return findings;
    }

    private static void check(int slots, String description, List<Finding> findings) {
        if (slots < 1 || slots > SLOTS_MAX) {
            findings.add(Finding.error(
                    "/slots",
                    "A resource group cannot have " + slots + " slots.",
                    "Choose 1 to " + SLOTS_MAX + "; to let nothing run, stop the workers that serve it."));
        }
        if (description.length() > DESCRIPTION_MAX) {
            findings.add(Finding.error(
                    "/description",
                    "The description has " + description.length() + " characters.",
                    "Use at most " + DESCRIPTION_MAX + "."));
        }
        if (!findings.isEmpty()) {
            throw new InvalidInputException(findings);
        }
    }

    private static ConflictException taken(ResourceGroupDao dao, NewResourceGroup wanted) {
        ResourceGroupDao.Namesake namesake = dao.namesake(wanted.name()).orElseThrow();
        return new ConflictException(
                namesake.deleted()
                        ? "There was a resource group %s of the kind %s, and past instances bear its name. Choose this name and kind, or another name."
                                .formatted(namesake.name(), namesake.kind())
                        : "There is a resource group " + namesake.name() + " already.");
    }

    private static ConflictException stale(ResourceGroup now, long expectedRevision) {
        return new ConflictException(
                "Resource group %s was changed meanwhile: it is at revision %d with %d slots, and you saw revision %d. Look at it again."
                        .formatted(now.name(), now.revision(), now.slots(), expectedRevision));
    }

    private static ResourceGroup find(ResourceGroupDao dao, String name) {
        return dao.find(name).orElseThrow(() -> ResourceGroups.notFound(name));
    }

    private static Act act(UserId by, String action, String name) {
        return Act.by(by, action, "resource group " + name);
    }
}
