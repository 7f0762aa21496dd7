package io.tidegate.scheduler.resourcegroup;

/**
 * A named pool of slots; what runs takes one.
 *
 * @param slots how many instances may run in it at once
 */
public record ResourceGroup(ResourceGroupId id, String name, Kind kind, int slots, String description) {
    /** What the slots are for. */
    public enum Kind {
        SCHEDULING,
        DATA_INTEGRATION
    }
}
