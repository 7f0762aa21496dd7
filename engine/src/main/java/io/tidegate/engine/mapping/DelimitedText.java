package io.tidegate.engine.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts values of text into their fields. Not thread-safe: it holds the value that was cut last. */
final class DelimitedText {
    private final @Nullable String delimiter;
    private final int[] positions;
    private final int last;
    private final List<String> parts = new ArrayList<>();

    /**
     * @param positions for each column the position that fills it, or -1
     */
    DelimitedText(TextFormat format, int[] positions) {
        this.delimiter = format.delimiter();
        this.positions = positions.clone();
        int highest = -1;
        for (int position : positions) {
            highest = Math.max(highest, position);
        }
        this.last = highest;
    }

    /** Whether any column is filled from inside the value. */
    boolean isWanted() {
        return last >= 0;
    }

    void cut(String value) {
        parts.clear();
        int begin = 0;
        while (parts.size() <= last) {
            int end = delimiter == null ? -1 : value.indexOf(delimiter, begin);
            if (end < 0) {
                parts.add(value.substring(begin));
                return;
            }
            parts.add(value.substring(begin, end));
            begin = end + (delimiter == null ? 0 : delimiter.length());
        }
    }

    /** What fills a column; null when the value has not so many fields. */
    @Nullable String part(int column) {
        int position = positions[column];
        return position >= 0 && position < parts.size() ? parts.get(position) : null;
    }
}
