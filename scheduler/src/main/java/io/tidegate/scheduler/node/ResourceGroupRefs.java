package io.tidegate.scheduler.node;

/**
 * In which pools an instance takes its slots, by name.
 *
 * @param dataIntegration used by batch synchronization nodes only
 */
public record ResourceGroupRefs(
        @Required String scheduling, @Required String dataIntegration) {
    public static final ResourceGroupRefs DEFAULT =
            new ResourceGroupRefs("default_scheduling", "default_data_integration");
}
