package io.tidegate.scheduler.retention;

import io.tidegate.scheduler.InvalidInputException;

/**
 * How long a workspace keeps what is over, in days.
 *
 * @param instanceDays instances with their events, edges, attempts and receipts, counted from their scheduled time or their
 *     end, whichever is later
 * @param logDays logs of attempts, counted from their end
 * @param dirtyRecordDays dirty records of attempts and their side files, counted likewise; the counts stay in the receipt
 */
public record RetentionPolicy(int instanceDays, int logDays, int dirtyRecordDays) {
    /** So that the windows of a monthly node have neighbours, and a mistake in this field costs no history of weeks. */
    static final int INSTANCE_DAYS_MIN = 35;

    static final int DAYS_MAX = 36_500;

    /**
     * @throws InvalidInputException when a field is out of its range, or something would be kept longer than its instance
     */
    void refuseUnsound() {
        refuseOutside("instanceDays", instanceDays, INSTANCE_DAYS_MIN, DAYS_MAX);
        refuseOutside("logDays", logDays, 1, instanceDays);
        refuseOutside("dirtyRecordDays", dirtyRecordDays, 1, instanceDays);
    }

    private static void refuseOutside(String field, int days, int min, int max) {
        if (days < min || days > max) {
            throw InvalidInputException.of(
                    "/" + field,
                    "%,d days are outside of what can be kept.".formatted(days),
                    "Choose %,d to %,d days; logs and dirty records go with their instance at the latest."
                            .formatted(min, max));
        }
    }
}
