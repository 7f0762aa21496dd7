package io.tidegate.scheduler.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit trail.
 *
 * @param id rises with time
 * @param who the user's name, or null when the system did it
 */
public record AuditEntry(
        long id, Instant at, @Nullable String who, String action, String object, Map<String, String> detail) {}
