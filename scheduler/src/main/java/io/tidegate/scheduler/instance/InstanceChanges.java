package io.tidegate.scheduler.instance;

import java.util.List;

/**
 * Instances that changed since somebody last asked.
 *
 * @param ids each once; at most 1,000
 * @param upTo what to ask from next time
 */
public record InstanceChanges(List<InstanceId> ids, long upTo) {
    public InstanceChanges {
        ids = List.copyOf(ids);
    }
}
