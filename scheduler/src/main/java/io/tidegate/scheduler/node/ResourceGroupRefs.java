package io.tidegate.scheduler.node;

import io.tidegate.scheduler.resourcegroup.ResourceGroup;

/**
 * In which pools an instance takes its slots, by name.
 *
 * @param dataIntegration used by batch synchronization nodes only
 */
public record ResourceGroupRefs(
        @Required String scheduling, @Required String dataIntegration) {
    public static final ResourceGroupRefs DEFAULT =
            new ResourceGroupRefs(ResourceGroup.DEFAULT_SCHEDULING, ResourceGroup.DEFAULT_DATA_INTEGRATION);
}
