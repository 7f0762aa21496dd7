package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;

/** The last instance of a page of a resource group: pages continue behind it, whatever came or went before it meanwhile. */
record SlotCursor(int priority, Instant time, long id) {
    /** Before everything. */
    static final SlotCursor FIRST = new SlotCursor(Integer.MAX_VALUE, Instant.EPOCH, 0);

    String text() {
        return priority + "_" + time + "_" + id;
    }

    static SlotCursor parse(String text) {
        String[] parts = text.split("_", -1);
        try {
            if (parts.length == 3) {
                return new SlotCursor(Integer.parseInt(parts[0]), Instant.parse(parts[1]), Long.parseLong(parts[2]));
            }
        } catch (DateTimeException | NumberFormatException e) {
            // Told below, as every other text that is none.
        }
        throw InvalidInputException.of(
                "/cursor", "'" + text + "' is no cursor.", "Pass on the `next` of the page before, unchanged.");
    }
}
