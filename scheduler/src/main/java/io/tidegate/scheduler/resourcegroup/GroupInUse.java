package io.tidegate.scheduler.resourcegroup;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import java.util.List;

/** Something refers to the group; it was not deleted. */
public final class GroupInUse extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    GroupInUse(String name, List<Finding> findings) {
        super("Resource group " + name + " was not deleted", findings);
    }
}
