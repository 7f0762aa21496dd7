package io.tidegate.scheduler.parameter;

import java.time.LocalDateTime;

/** One piece of a format: a part of the date or time, or text that stays. */
sealed interface FormatElement permits FormatToken, FormatElement.Separator {

    /** As it is written in a format. */
    String text();

    String print(LocalDateTime time);

    /** Text between tokens, never empty. */
    record Separator(String text) implements FormatElement {
        @Override
        public String print(LocalDateTime time) {
            return text;
        }
    }
}
