package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backfill, and how far it is.
 *
 * @param nodes all that have instances in it
 * @param from where its first business date begins, on the wall clock of {@code zone}, or the first scheduled time
 * @param to where its last business date ends, or the last scheduled time; included
 * @param createdBy the user's name
 * @param request what was asked for; null for one that was made before there were options
 * @param groups how many business dates run at the same time, which may be fewer than asked for
 * @param descending whether the newest date goes first
 * @param onFailure what counts now: resuming a halted backfill lets it go on past failures
 * @param counts instances in each state; every state is there
 */
public record Backfill(
        BackfillId id,
        WorkspaceId workspaceId,
        String workspace,
        String name,
        List<BackfilledNode> nodes,
        LocalDateTime from,
        LocalDateTime to,
        ZoneId zone,
        String createdBy,
        Instant createdAt,
        @Nullable NewBackfill request,
        int groups,
        boolean descending,
        OnFailure onFailure,
        Standing standing,
        DateCounts dates,
        Map<InstanceState, Integer> counts,
        Progress progress) {

    /** How many instances it has. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A node that was chosen. */
    public record BackfilledNode(NodeId id, String name) {}

    /**
     * Whether it goes on, and who says so.
     *
     * @param by the user's name, or the part of Tidegate; null while it has not changed since it was made
     * @param reason in the user's words; may be empty
     */
    public record Standing(
            BackfillState state,
            @Nullable String by,
            @Nullable Instant at,
            String reason) {}

    /** How many business dates it has, have begun, and are over. */
    public record DateCounts(int total, int begun, int over) {}

    /**
     * Where its instances stand; each is counted once, so that the six add up to {@link Backfill#total()}.
     *
     * @param notSubmitted their business date has not begun
     * @param waiting for parents, time, a slot, or because the backfill is paused
     * @param cancelled never begun, and never will
     */
    public record Progress(int notSubmitted, int waiting, int running, int succeeded, int failed, int cancelled) {}
}
