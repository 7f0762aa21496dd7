package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;

/** The last instance of a page: pages continue behind it, whatever was added before it meanwhile. */
record InstanceCursor(Instant scheduledTime, long id) {
    String text() {
        return scheduledTime + "_" + id;
    }

    static InstanceCursor parse(String text) {
        int split = text.lastIndexOf('_');
        try {
            return new InstanceCursor(
                    Instant.parse(text.substring(0, Math.max(split, 0))), Long.parseLong(text.substring(split + 1)));
        } catch (DateTimeException | NumberFormatException e) {
            throw InvalidInputException.of(
                    "/cursor", "'" + text + "' is no cursor.", "Pass on the `next` of the page before, unchanged.");
        }
    }
}
