package io.tidegate.scheduler.resourcegroup;

/**
 * A resource group that somebody wants.
 *
 * @param slots how many instances may run in it at once, over all workers
 */
public record NewResourceGroup(String name, ResourceGroup.Kind kind, int slots, String description) {}
