package io.tidegate.scheduler.node;

/** From when on a changed node's instances are generated anew. */
public enum InstanceGeneration {
    /** From the next local day on; the instances of today stay as they are. */
    NEXT_DAY,
    /** From the moment of the deployment on. */
    IMMEDIATE
}
