package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import java.time.LocalDate;
import java.util.List;

/** What a user might not expect of a parent. */
final class DependencyFindings {
    private static final String WHERE = "/dependencies";

    private DependencyFindings() {}

    /**
     * @param any whether any instance of the date waits for one of the parent's
     */
    static void of(GraphDao.Live parent, GraphDao.Edge edge, boolean any, LocalDate date, List<Finding> findings) {
        if (!any) {
            findings.add(Finding.warning(
                    WHERE,
                    "%s has no %s to wait for on %s, so nothing of it is waited for."
                            .formatted(parent.name(), edge.previous() ? "previous cycle" : "instance", date),
                    "Look at its validity period."));
        }
        if (!parent.scheduled()) {
            findings.add(Finding.warning(
                    WHERE,
                    "Periodic scheduling of workspace %s is off: instances wait for %s, which gets none."
                            .formatted(parent.workspace(), parent.name()),
                    "Switch it on, or remove this dependency."));
        }
        switch (parent.document().schedule().type()) {
            case NORMAL -> {
                // As anybody expects.
            }
            case PAUSE ->
                findings.add(Finding.warning(
                        WHERE,
                        parent.name() + " is paused by its scheduling type: its instances hold back this node's.",
                        "Schedule it normally, or remove this dependency."));
            case DRY_RUN ->
                findings.add(Finding.warning(
                        WHERE,
                        parent.name() + " only runs dry: its instances succeed without working.",
                        "Schedule it normally if this node needs what it does."));
        }
    }
}
