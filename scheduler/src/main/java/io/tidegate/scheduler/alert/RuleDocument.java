package io.tidegate.scheduler.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidegate.scheduler.instance.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says, as it is stored.
 *
 * @param origins instances of which origins are meant
 * @param quietHours null for none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record RuleDocument(
        AlertScope scope,
        List<Origin> origins,
        AlertCondition condition,
        AlertLimits limits,
        @Nullable QuietHours quietHours) {
    RuleDocument {
        origins = List.copyOf(origins);
    }
}
