package io.tidegate.scheduler.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How often a rule speaks.
 *
 * @param messagesAnHourMax to each channel within any hour; what goes beyond comes in one summary when the hour is over. Null
 *     for no limit
 * @param oncePerInstance whether one alert of an instance is enough, however many attempts it makes
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AlertLimits(@Nullable Integer messagesAnHourMax, boolean oncePerInstance) {
    /** So that a bad night does not fill a channel. */
    public static final AlertLimits DEFAULT = new AlertLimits(20, false);
}
