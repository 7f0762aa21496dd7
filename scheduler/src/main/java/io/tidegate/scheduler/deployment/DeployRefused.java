package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import java.util.List;

/**
 * The checks against PROD found errors; nothing went live. The field of a finding begins with {@code /nodes/<index>}, the
 * place of its node in the request; a pointer into that node's document follows.
 */
public final class DeployRefused extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    public DeployRefused(List<Finding> findings) {
        super("Nothing was deployed", findings);
    }
}
