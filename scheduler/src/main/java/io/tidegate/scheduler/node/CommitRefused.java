package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import java.util.List;

/** The checks found errors; no version was made. */
public final class CommitRefused extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public CommitRefused(List<Finding> findings) {
        super("The node was not committed", findings);
    }
}
