package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.resourcegroup.ResourceGroupId;

/**
 * How full a resource group is at one moment, over the whole installation.
 *
 * @param running instances that hold a slot; more than there are slots after these were reduced
 * @param waiting instances that stand in its queue
 * @param frozen instances that are due and stand in no queue because they are frozen
 * @param workers live workers that serve it
 * @param workersFree how many attempts more these can take together, for this or for another group that they serve
 */
public record SlotUse(ResourceGroupId group, int running, int waiting, int frozen, int workers, int workersFree) {}
