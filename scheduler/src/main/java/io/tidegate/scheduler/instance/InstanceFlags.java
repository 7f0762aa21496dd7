package io.tidegate.scheduler.instance;

/**
 * What may hold an instance back or let it pass, whatever its state.
 *
 * @param frozen it stays in {@link InstanceState#WAIT_TIME} when its time has come (in {@link InstanceState#WAIT_RESOURCE} when it was
 *     frozen there): it takes no slot, and if it is a dry run as well, it does not complete. Unfreezing lets it go on from where
 *     it stands.
 * @param dryRun it never takes a slot: when its parents are done and its time has come it is a success at once, and its
 *     children go on
 */
public record InstanceFlags(boolean frozen, boolean dryRun) {
    /** Neither. */
    public static final InstanceFlags NONE = new InstanceFlags(false, false);
}
