package io.tidegate.scheduler.parameter;

import java.time.LocalDateTime;
import java.util.List;

/** How a date and time is printed; has at least one token. */
record Format(List<FormatElement> elements) {
    Format {
        elements = List.copyOf(elements);
    }

    String text() {
        var text = new StringBuilder();
        elements.forEach(element -> text.append(element.text()));
        return text.toString();
    }

    String print(LocalDateTime time) {
        var printed = new StringBuilder();
        elements.forEach(element -> printed.append(element.print(time)));
        return printed.toString();
    }

    boolean has(FormatToken token) {
        return elements.contains(token);
    }

    boolean hasTimeOfDay() {
        return elements.stream().anyMatch(e -> e instanceof FormatToken token && token.isTimeOfDay());
    }

    boolean hasDate() {
        return elements.stream().anyMatch(e -> e instanceof FormatToken token && !token.isTimeOfDay());
    }
}
