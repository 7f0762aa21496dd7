package io.tidegate.scheduler.resourcegroup;

/**
 * A named pool of slots; what runs takes one.
 *
 * @param slots how many instances may run in it at once, over all workers
 * @param revision rises with each change
 */
public record ResourceGroup(ResourceGroupId id, String name, Kind kind, int slots, String description, long revision) {
    /** The groups that are there from the start and for good: new nodes name them. */
    public static final String DEFAULT_SCHEDULING = "default_scheduling";

    public static final String DEFAULT_DATA_INTEGRATION = "default_data_integration";

    /** What the slots are for. */
    public enum Kind {
        SCHEDULING,
        DATA_INTEGRATION
    }

    /** Whether it was there from the start, and stays. */
    public boolean isDefault() {
        return name.equals(DEFAULT_SCHEDULING) || name.equals(DEFAULT_DATA_INTEGRATION);
    }
}
