package io.tidegate.web.resourcegroup;

import io.tidegate.scheduler.dispatch.SlotUse;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroupId;

/**
 * A group and how full it is now.
 *
 * @param permanent it was there from the start and cannot be deleted
 */
record ResourceGroupView(
        ResourceGroupId id,
        String name,
        ResourceGroup.Kind type,
        int slots,
        String description,
        boolean permanent,
        int running,
        int waiting,
        int frozen,
        int workers,
        int workersFree) {
    static ResourceGroupView of(ResourceGroup group, SlotUse use) {
        return new ResourceGroupView(
                group.id(),
                group.name(),
                group.kind(),
                group.slots(),
                group.description(),
                group.isDefault(),
                use.running(),
                use.waiting(),
                use.frozen(),
                use.workers(),
                use.workersFree());
    }
}
