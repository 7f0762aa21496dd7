package io.tidegate.scheduler.audit;

import io.tidegate.scheduler.Id;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, before it is written down. Never holds a secret.
 *
 * @param by the user who did it, or null when the system did
 * @param workspace the workspace it was done in, or null
 * @param action noun and verb, for example {@code node.commit}
 * @param object what it was done to, for example {@code node orders_hourly}
 * @param detail what else is worth knowing, in the order it was told
 */
public record Act(@Nullable Id by, @Nullable Id workspace, String action, String object, Map<String, String> detail) {

    public static Act bySystem(String action, String object) {
        return new Act(null, null, action, object, Map.of());
    }

    public static Act by(Id user, String action, String object) {
        return new Act(user, null, action, object, Map.of());
    }

    public Act in(Id inWorkspace) {
        return new Act(by, inWorkspace, action, object, detail);
    }

    public Act with(String key, Object value) {
        Map<String, String> longer = new LinkedHashMap<>(detail);
        longer.put(key, value.toString());
        return new Act(by, workspace, action, object, longer);
    }
}
